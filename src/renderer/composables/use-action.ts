import { ref, watch, type Ref } from 'vue'
import { messageOf } from '../api/errors.ts'
import { useToastsStore } from '../stores/toasts.ts'

/** Something that the user sets off and that may fail. */
export function useAction() {
  const running = ref(0)
  const busy = ref(false)
  const toasts = useToastsStore()

  /** Runs an action; a failure is shown as “what: why” until the same succeeds, and returns undefined. */
  async function run<T>(what: string, act: () => Promise<T>): Promise<T | undefined> {
    busy.value = ++running.value > 0
    try {
      const value = await act()
      toasts.settle(what)
      return value
    } catch (error) {
      toasts.show({ kind: 'error', text: `${what}: ${messageOf(error)}`, about: what })
      return undefined
    } finally {
      busy.value = --running.value > 0
    }
  }
  return { run, busy }
}

/** An action whose failure is shown in `error` until the next attempt, or until the dialog (`open`) that it is tried in opens anew. */
export function useAttempt(open: Ref<boolean> = ref(true)) {
  const busy = ref(false)
  const error = ref<string | null>(null)
  watch(open, () => (error.value = null))

  async function run<T>(act: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    error.value = null
    try {
      return await act()
    } catch (cause) {
      error.value = messageOf(cause)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { run, busy, error }
}
