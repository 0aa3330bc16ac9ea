import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'

/** Takes files and folders that are dropped anywhere on the window, which would otherwise leave the page for them. @returns whether some are above it. */
export function useFileDrop(take: (files: readonly File[]) => void): Ref<boolean> {
  const isAbove = ref(false)
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true

  useEventListener(window, 'dragover', (event) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    isAbove.value = true
  })
  // Of the last element that is left, nothing is entered.
  useEventListener(window, 'dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) isAbove.value = false
  })
  useEventListener(window, 'drop', (event) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    isAbove.value = false
    take([...event.dataTransfer!.files])
  })
  return isAbove
}
