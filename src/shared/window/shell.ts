/** Something that is to be written where the user says. */
export interface SavedFile {
  /** Default file name. */
  name: string
  bytes: Uint8Array
}

/** Files that are to be written into a folder where the user says. */
export interface SavedFolder {
  /** Of the new folder. */
  name: string
  /** `path`: relative, with slashes. */
  files: readonly { path: string; bytes: Uint8Array }[]
}

export interface OpenedText {
  name: string
  /** Absolute; relative data paths in the text start from here. */
  folder: string
  text: string
}

/** Commands of the native menus to the page. */
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

/** State of the host process. `failed`: it is not restarted automatically. */
export type HostState =
  { state: 'running' } | { state: 'starting'; attempt: number } | { state: 'failed'; message: string }

/** Interface of the desktop shell for the page, `window.exitlab`; missing in a browser. */
export interface ShellBridge {
  /** `linux`, `darwin`, `win32`. */
  platform: string
  /** Asks for a connection to the host; it arrives as a `message` event `exitlab:port` of the window with a MessagePort. */
  connect(): void
  /** @returns where it was written; null where the user changed their mind. */
  saveFile(file: SavedFile): Promise<string | null>
  /** @returns the new folder, inside the one that the user chose; null where they changed their mind. */
  saveFolder(folder: SavedFolder): Promise<string | null>
  openText(): Promise<OpenedText | null>
  chooseFolder(): Promise<string | null>
  /** @returns their paths; none where the user changed their mind. */
  chooseFiles(): Promise<string[]>
  /** Where a file lies that was dropped on the page; empty: on no disk. */
  pathOf(file: File): string
  showInFolder(path: string): Promise<void>
  /** Starts the host now instead of after the wait. */
  restartHost(): Promise<void>
  /** Both call back until the returned function is called. */
  onHostState(listener: (state: HostState) => void): () => void
  onMenuCommand(listener: (command: MenuCommand) => void): () => void
}
