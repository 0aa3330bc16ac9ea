import { shell } from '../api/shell.ts'
import { useAction } from './use-action.ts'

interface Folders {
  /** Lets the user choose a folder of this machine; null in a browser, which cannot access the host's folders. */
  choose: (() => Promise<string | null>) | null
  /** The same for files; none where the user changed their mind. */
  chooseFiles: (() => Promise<string[]>) | null
  /** Where dropped files and folders lie; null in a browser, which does not say. */
  pathsOf: ((files: readonly File[]) => string[]) | null
  /** Shows a file or folder in the machine's file manager; null in a browser, which has none. */
  show: ((path: string) => Promise<void>) | null
}

/** Files and folders of the host's machine, as far as the window can access them. Errors are shown. */
export function useFolders(): Folders {
  const { run } = useAction()
  if (shell === null) return { choose: null, chooseFiles: null, pathsOf: null, show: null }
  const { chooseFolder, chooseFiles, pathOf, showInFolder } = shell
  return {
    choose: async () => (await run('No folder could be chosen', () => chooseFolder())) ?? null,
    chooseFiles: async () => (await run('No file could be chosen', () => chooseFiles())) ?? [],
    pathsOf: (files) => files.map((file) => pathOf(file)).filter((path) => path !== ''),
    show: async (path) => void (await run(`${path} could not be shown`, () => showInFolder(path))),
  }
}
