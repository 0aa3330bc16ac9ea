/** How the calls of the ShellBridge are named between the page's preload script and the desktop shell. */
export const shellChannels = {
  connect: 'exitlab:connect',
  port: 'exitlab:port',
  saveFile: 'exitlab:save-file',
  openText: 'exitlab:open-text',
  chooseFolder: 'exitlab:choose-folder',
  showInFolder: 'exitlab:show-in-folder',
  restartHost: 'exitlab:restart-host',
  watchHost: 'exitlab:watch-host',
  hostState: 'exitlab:host-state',
  menuCommand: 'exitlab:menu-command',
} as const

/** What the shell answers: Electron would put its own words before the message of an error that is thrown. */
export type ShellAnswer = { value: unknown } | { problem: string }
