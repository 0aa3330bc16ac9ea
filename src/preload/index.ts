import { contextBridge } from 'electron'

contextBridge.exposeInMainWorld('exitlab', { platform: process.platform })
