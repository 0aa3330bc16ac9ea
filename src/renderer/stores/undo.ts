import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { messageOf } from '../api/errors.ts'
import { useToastsStore } from './toasts.ts'

interface Done {
  what: string
  undo: () => Promise<unknown>
  forget: () => void
}

const keptSteps = 50
const toastSeconds = 8

/** The last action that can be undone: with its toast for some seconds, with the undo key while the window is open. */
export const useUndoStore = defineStore('undo', () => {
  const steps = shallowRef<readonly Done[]>([])
  const toasts = useToastsStore()

  /** `what`: a sentence without its stop, such as “Deleted vit-mixed-s1”. */
  function done(what: string, undo: () => Promise<unknown>): void {
    const step: Done = { what, undo, forget: () => {} }
    const action = { label: 'Undo', run: () => void takeBack(step) }
    step.forget = toasts.show({ text: what, action, seconds: toastSeconds })
    steps.value = [...steps.value, step].slice(-keptSteps)
  }

  async function takeBack(step: Done): Promise<void> {
    if (!steps.value.includes(step)) return
    steps.value = steps.value.filter((each) => each !== step)
    step.forget()
    try {
      await step.undo()
      toasts.show({ text: `Undone: ${step.what}` })
    } catch (error) {
      toasts.show({ kind: 'error', text: `Could not undo “${step.what}”: ${messageOf(error)}` })
    }
  }

  /** Undoes the last action, if there is one. */
  function undo(): void {
    const step = steps.value.at(-1)
    if (step === undefined) toasts.show({ text: 'Nothing to undo' })
    else void takeBack(step)
  }

  return { done, undo, next: computed(() => steps.value.at(-1)?.what ?? null) }
})
