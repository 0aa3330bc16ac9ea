import { shell } from '../api/shell.ts'
import { useAction } from './use-action.ts'

export interface Folders {
  /** Lets the user choose a folder of this machine; null in a browser, which cannot access the host's folders. */
  choose: (() => Promise<string | null>) | null
  /** Shows a file or folder in the machine's file manager; null in a browser, which has none. */
  show: ((path: string) => Promise<void>) | null
}

/** Folders of the host's machine, as far as the window can access them. Errors are shown. */
export function useFolders(): Folders {
  const { run } = useAction()
  if (shell === null) return { choose: null, show: null }
  const { chooseFolder, showInFolder } = shell
  return {
    choose: async () => (await run('No folder could be chosen', () => chooseFolder())) ?? null,
    show: async (path) => void (await run(`${path} could not be shown`, () => showInFolder(path))),
  }
}
