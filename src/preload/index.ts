import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { shellChannels, type ShellAnswer } from '../shared/window/shell-channels.ts'
import type { HostState, MenuCommand, ShellBridge } from '../shared/window/shell.ts'

/** Interface of the page that this script uses; it is checked without the DOM library. */
declare const window: { postMessage(data: string, origin: string, ports: readonly unknown[]): void }
declare const location: { origin: string }

async function ask<T>(channel: string, ...given: unknown[]): Promise<T> {
  const answer = (await ipcRenderer.invoke(channel, ...given)) as ShellAnswer
  if ('problem' in answer) throw new Error(answer.problem)
  return answer.value as T
}

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const hear = (_: unknown, value: T) => listener(value)
  ipcRenderer.on(channel, hear)
  return () => void ipcRenderer.off(channel, hear)
}

const bridge: ShellBridge = {
  platform: process.platform,
  connect: () => ipcRenderer.send(shellChannels.connect),
  saveFile: (file) => ask(shellChannels.saveFile, { name: file.name, bytes: file.bytes }),
  saveFolder: ({ name, files }) =>
    ask(shellChannels.saveFolder, { name, files: files.map(({ path, bytes }) => ({ path, bytes })) }),
  openText: () => ask(shellChannels.openText),
  chooseFolder: () => ask(shellChannels.chooseFolder),
  chooseFiles: () => ask(shellChannels.chooseFiles),
  pathOf: (file) => webUtils.getPathForFile(file),
  showInFolder: (path) => ask(shellChannels.showInFolder, path),
  restartHost: () => ask(shellChannels.restartHost),
  onHostState(listener) {
    const stop = listen<HostState>(shellChannels.hostState, listener)
    ipcRenderer.send(shellChannels.watchHost)
    return stop
  },
  onMenuCommand: (listener) => listen<MenuCommand>(shellChannels.menuCommand, listener),
}

contextBridge.exposeInMainWorld('exitlab', bridge)
// A port cannot go through the bridge; the page takes it as a message of its own window.
ipcRenderer.on(shellChannels.port, (event) => window.postMessage('exitlab:port', location.origin, event.ports))
