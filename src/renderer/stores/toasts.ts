import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

interface Toast {
  text: string
  /** Errors stay until they are dismissed, unless `seconds` says otherwise. */
  kind?: 'info' | 'error'
  action?: { label: string; run(): void }
  /** What was tried: a later message about the same takes its place, a success takes it away. */
  about?: string
  /** Default 5. */
  seconds?: number
}

export interface ShownToast extends Omit<Toast, 'kind' | 'seconds'> {
  id: number
  kind: 'info' | 'error'
  /** null: until it is dismissed. */
  seconds: number | null
}

const isAbout = (toast: ShownToast, about: string | undefined) => about !== undefined && toast.about === about

/** More than these would cover the page: the oldest goes. */
const shownAtMost = 4

/** Short messages at the foot of the page about what was done or failed. */
export const useToastsStore = defineStore('toasts', () => {
  const shown = shallowRef<readonly ShownToast[]>([])
  let last = 0

  /** @returns what takes it away again. */
  function show({ kind = 'info', seconds, ...toast }: Toast): () => void {
    const id = ++last
    const same = (each: ShownToast) =>
      isAbout(each, toast.about) || (each.text === toast.text && each.kind === kind && each.action === undefined)
    const others = shown.value.filter((each) => !same(each))
    const lasting = seconds ?? (kind === 'error' ? null : 5)
    shown.value = [...others, { ...toast, id, kind, seconds: lasting }].slice(-shownAtMost)
    return () => dismiss(id)
  }

  function dismiss(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id)
  }

  /** What was tried has succeeded: that it failed before is no longer to be said. */
  function settle(about: string): void {
    shown.value = shown.value.filter((toast) => !isAbout(toast, about))
  }

  return { shown, show, dismiss, settle }
})
