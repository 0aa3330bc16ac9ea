import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { shellChannels, type ShellAnswer } from '../../shared/window/shell-channels.ts'
import type { Dialogs } from './dialogs.ts'
import { isFromPage } from './security.ts'

interface PageRequests {
  window: BrowserWindow
  dialogs: Dialogs
  connect(): void
  watchHost(): void
  restartHost(): void
}

/** Handles requests of the page to the shell; messages of other senders are dropped or refused. */
export function answerRequests({ window, dialogs, connect, watchHost, restartHost }: PageRequests): void {
  const isOwn = (event: IpcMainEvent | IpcMainInvokeEvent) =>
    !window.isDestroyed() && isFromPage(event, window.webContents.mainFrame)
  const hear = (channel: string, act: () => void) =>
    ipcMain.on(channel, (event) => {
      if (isOwn(event)) act()
    })
  const answer = (channel: string, act: (given: unknown) => unknown) =>
    ipcMain.handle(channel, async (event, given: unknown): Promise<ShellAnswer> => {
      if (!isOwn(event)) return { problem: 'Only the page of the workbench may request this.' }
      try {
        return { value: await act(given) }
      } catch (error) {
        return { problem: (error as Error).message }
      }
    })
  hear(shellChannels.connect, connect)
  hear(shellChannels.watchHost, watchHost)
  answer(shellChannels.saveFile, dialogs.saveFile)
  answer(shellChannels.saveFolder, dialogs.saveFolder)
  answer(shellChannels.openText, dialogs.openText)
  answer(shellChannels.chooseFolder, dialogs.chooseFolder)
  answer(shellChannels.chooseFiles, dialogs.chooseFiles)
  answer(shellChannels.showInFolder, dialogs.showInFolder)
  answer(shellChannels.restartHost, restartHost)
}
