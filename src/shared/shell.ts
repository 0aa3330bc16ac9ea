/** Something that is to be written where the user says. */
export interface SavedFile {
  /** What it is called unless the user says otherwise. */
  name: string
  bytes: Uint8Array
}

export interface OpenedText {
  name: string
  /** Absolute; relative data paths in the text start from here. */
  folder: string
  text: string
}

/** What the native menus ask of the page. */
export const menuCommands = [
  'new-experiment',
  'open-experiment',
  'export',
  'undo',
  'command-palette',
  'settings',
  'shortcuts',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** How the host, a process of its own, is. `failed`: it will not be started again by itself. */
export type HostState =
  { state: 'running' } | { state: 'starting'; attempt: number } | { state: 'failed'; message: string }

/** What the desktop shell gives to the page, as `window.exitlab`; a page in a browser has none. */
export interface ShellBridge {
  /** `linux`, `darwin`, `win32`. */
  platform: string
  /** Asks for a connection to the host; it arrives as a `message` event `exitlab:port` of the window with a MessagePort. */
  connect(): void
  /** @returns where it was written; null where the user changed their mind. */
  saveFile(file: SavedFile): Promise<string | null>
  openText(): Promise<OpenedText | null>
  chooseFolder(): Promise<string | null>
  showInFolder(path: string): Promise<void>
  /** Starts the host now instead of after the wait. */
  restartHost(): Promise<void>
  /** Both call back until the returned function is called. */
  onHostState(listener: (state: HostState) => void): () => void
  onMenuCommand(listener: (command: MenuCommand) => void): () => void
}
