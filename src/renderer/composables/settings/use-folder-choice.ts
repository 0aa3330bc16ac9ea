import { shell } from '../../api/shell.ts'

export interface FolderChoice {
  /** Lets the user choose a folder of this machine; null in a browser, whose folders are not the host's. */
  choose: (() => Promise<string | null>) | null
  /** Shows a folder in the file manager; null in a browser. */
  show: ((path: string) => Promise<void>) | null
}

/** Folders of the host's machine, as far as the window can reach them. */
export function useFolderChoice(): FolderChoice {
  if (shell === null) return { choose: null, show: null }
  const { chooseFolder, showInFolder } = shell
  return { choose: () => chooseFolder(), show: (path) => showInFolder(path) }
}
