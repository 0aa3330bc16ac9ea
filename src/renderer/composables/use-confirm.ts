import { shallowRef, type ShallowRef } from 'vue'

export interface Confirmation {
  title: string
  text: string
  /** Label of the confirming button: a verb. */
  action: string
  /** Whether something can be lost by it. */
  danger?: boolean
}

export interface OpenConfirmation extends Confirmation {
  answer(yes: boolean): void
}

const open = shallowRef<OpenConfirmation | null>(null)

/** Asks before something is done. A question that comes while another is open answers that one with no. */
export function useConfirm(): (question: Confirmation) => Promise<boolean> {
  return (question) =>
    new Promise((resolve) => {
      open.value?.answer(false)
      const answer = (yes: boolean) => {
        open.value = null
        resolve(yes)
      }
      open.value = { ...question, answer }
    })
}

/** The question that is open, for the one place that shows it. */
export function useOpenConfirmation(): ShallowRef<OpenConfirmation | null> {
  return open
}
