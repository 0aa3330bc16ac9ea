import { messageOf } from '../../api/errors.ts'
import { shell } from '../../api/shell.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** The machine's file manager; null in a browser, which has none. */
export function useFolder(): { showInFolder: ((path: string) => Promise<void>) | null } {
  const toasts = useToastsStore()
  if (shell === null) return { showInFolder: null }
  const bridge = shell
  return {
    async showInFolder(path) {
      try {
        await bridge.showInFolder(path)
      } catch (error) {
        toasts.show({ kind: 'error', text: `${path} could not be shown: ${messageOf(error)}` })
      }
    },
  }
}
