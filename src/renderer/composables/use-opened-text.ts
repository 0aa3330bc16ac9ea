import { shallowRef } from 'vue'
import type { OpenedText } from '../../shared/window/shell.ts'
import { shell } from '../api/shell.ts'
import { useAction } from './use-action.ts'

/** An experiment file chosen by the user. A browser does not reveal its folder. */
type ChosenText = Omit<OpenedText, 'folder'> & { folder: string | null }

const opened = shallowRef<ChosenText | null>(null)

/** An experiment file chosen by the user, for the screen that edits it. */
export function useOpenedText() {
  const { run } = useAction()
  return {
    /** Whether files can be chosen from here; a page in a browser has its own way. */
    available: shell !== null,
    opened,
    /** Asks for a file. @returns whether one was chosen; it is in `opened` then. */
    async choose(): Promise<boolean> {
      const text = (await run('The file could not be opened', async () => shell?.openText())) ?? null
      if (text !== null) opened.value = text
      return text !== null
    },
    /** The file, once. */
    take(): ChosenText | null {
      const text = opened.value
      opened.value = null
      return text
    },
  }
}
