/** Names of the ShellBridge's calls between preload script and desktop shell. */
export const shellChannels = {
  connect: 'exitlab:connect',
  port: 'exitlab:port',
  saveFile: 'exitlab:save-file',
  saveFolder: 'exitlab:save-folder',
  openText: 'exitlab:open-text',
  chooseFolder: 'exitlab:choose-folder',
  chooseFiles: 'exitlab:choose-files',
  showInFolder: 'exitlab:show-in-folder',
  restartHost: 'exitlab:restart-host',
  watchHost: 'exitlab:watch-host',
  hostState: 'exitlab:host-state',
  menuCommand: 'exitlab:menu-command',
} as const

/** Result of the shell's calls: Electron would prefix the message of a thrown error. */
export type ShellAnswer = { value: unknown } | { problem: string }
