import { join } from 'node:path'
import { app, dialog, Menu, powerMonitor, protocol, session, shell, type BrowserWindow } from 'electron'
import type { MenuCommand } from '../../shared/window/shell.ts'
import { shellChannels } from '../../shared/window/shell-channels.ts'
import { answerPage, appScheme } from './app-protocol.ts'
import { readCommandLine, userFolder, type Start } from './command-line.ts'
import { crashLimit } from './crash-limit.ts'
import { createDialogs } from './dialogs.ts'
import { createHostLink, type HostLink } from './host-link.ts'
import { menuTemplate } from './menu.ts'
import { answerRequests } from './page-requests.ts'
import { quitFlow, quitQuestion, type QuitFlow } from './quit.ts'
import { confine, restrict } from './security.ts'
import { focusWindow, openWindow } from './window.ts'

const outFolder = join(import.meta.dirname, '../..')

/** Starts the desktop application, or focuses the running one. */
export function startShell(): void {
  const start = readCommandLine(process.argv.slice(1), process.env, process.cwd())
  // The reader of stdout may be gone; the window stays.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  app.setName('Exitlab')
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', userFolder(app.getPath('appData'), start))
  if (!app.requestSingleInstanceLock()) return app.quit()
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
  app.on('web-contents-created', (_, contents) => confine(contents, (address) => void shell.openExternal(address)))
  // Awaited at the top of a module, this would never come.
  void app.whenReady().then(() => run(start))
}

function run(start: Start): void {
  restrict(session.defaultSession)
  protocol.handle(appScheme, (request) => answerPage(join(outFolder, 'renderer'), request))
  const stateFile = join(app.getPath('userData'), 'window.json')
  const window = openWindow({ stateFile, icon: join(app.getAppPath(), 'resources', 'icon.png') })
  const host = createHostLink(start, window.webContents)
  const quit = quitOf(window, host)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menuOptions(window))))
  showMenuOnKey(window)
  answerRequests({ window, dialogs: dialogsOf(window), ...host })
  reloadAfterCrash(window, quit)
  endWithSession(quit)
  app.on('second-instance', () => {
    if (quit.isLeaving) app.relaunch()
    else focusWindow(window)
  })
  app.on('activate', () => focusWindow(window))
}

function quitOf(window: BrowserWindow, host: HostLink): QuitFlow {
  const flow = quitFlow({
    countRunning: () => host.countRunning(),
    async confirm(running) {
      const options = { ...quitQuestion(running), type: 'question' as const, defaultId: 0, cancelId: 1 }
      focusWindow(window)
      return (await dialog.showMessageBox(window, options)).response === 0
    },
    leaving: () => window.hide(),
    endHost: () => host.end(),
    leave: () => app.quit(),
  })
  window.on('close', (event) => {
    if (flow.mayLeave) return
    event.preventDefault()
    void flow.request()
  })
  app.on('before-quit', (event) => {
    if (flow.mayLeave) return
    event.preventDefault()
    void flow.request()
  })
  return flow
}

/** The end of the user's session and signals leave no time for a question. */
function endWithSession(quit: QuitFlow): void {
  const insist = () => void quit.insist()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, insist)
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault()
    insist()
  })
}

function menuOptions(window: BrowserWindow) {
  const send = (command: MenuCommand) => {
    focusWindow(window)
    window.webContents.send(shellChannels.menuCommand, command)
  }
  return { platform: process.platform, developer: !app.isPackaged, send }
}

/** Without a menu bar, the standard key opens the menu. */
function showMenuOnKey(window: BrowserWindow): void {
  if (process.platform === 'darwin') return
  window.webContents.on('before-input-event', (event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'F10') return
    event.preventDefault()
    Menu.getApplicationMenu()?.popup({ window, x: 8, y: 40 })
  })
}

function dialogsOf(window: BrowserWindow) {
  return createDialogs({
    save: (options) => dialog.showSaveDialog(window, options),
    open: (options) => dialog.showOpenDialog(window, options),
    showInFolder: (path) => shell.showItemInFolder(path),
    documents: app.getPath('documents'),
  })
}

/** A crashed page is reloaded, as its state is in the host; if it keeps crashing, the user decides. */
function reloadAfterCrash(window: BrowserWindow, quit: QuitFlow): void {
  const mayReload = crashLimit(Date.now)
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || quit.isLeaving) return
    if (mayReload()) return window.webContents.reload()
    const options = {
      type: 'error' as const,
      message: 'The window of Exitlab keeps crashing.',
      detail: `Training continues. Reason of the last crash: ${reason}.`,
      buttons: ['Reload', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    }
    void dialog.showMessageBox(window, options).then(({ response }) => {
      if (response === 0) window.webContents.reload()
      else void quit.request()
    })
  })
}
