import { shallowRef, watch, type Ref } from 'vue'
import { useFileDrop } from '../../../composables/use-file-drop.ts'
import { useFolders } from '../../../composables/use-folders.ts'
import { useToastsStore } from '../../../stores/toasts.ts'
import { useDraftUndo } from '../use-draft-undo.ts'
import type { ExperimentDraft } from '../use-experiment-draft.ts'
import { chooseNetworkFile } from './choose-network-file.ts'

/** A network that was dropped on the window, until a draft takes it. A browser tells of dropped files only what they are called. */
const dropped = shallowRef<string | null>(null)

/** Keeps the ONNX file among those that were dropped for the form of new experiments. */
export function useDroppedNetwork(): { keep(files: readonly File[]): boolean } {
  const { pathsOf } = useFolders()
  return {
    /** @returns whether there is one. */
    keep(files) {
      const network = files.find(({ name }) => name.toLowerCase().endsWith('.onnx'))
      if (network) dropped.value = pathsOf?.([network])[0] ?? network.name
      return network !== undefined
    },
  }
}

/** Makes an ONNX file that is dropped the network of the draft. @returns whether files are above the page. */
export function useNetworkDrop(draft: ExperimentDraft): Ref<boolean> {
  const { keep } = useDroppedNetwork()
  const toasts = useToastsStore()
  const undoable = useDraftUndo(draft)
  watch(
    [dropped, draft.text],
    ([file, text]) => {
      // The first example gives an empty draft its data set.
      if (file === null || text.trim() === '') return
      dropped.value = null
      const before = draft.source.value
      chooseNetworkFile(draft, file)
      undoable(`Chose ${file} as the network`, before, draft.load)
    },
    { immediate: true },
  )
  return useFileDrop((files) => {
    if (keep(files)) return
    const text = `${files[0]?.name ?? 'This'} is no ONNX file (.onnx): only networks can be dropped here`
    toasts.show({ kind: 'error', text })
  })
}
