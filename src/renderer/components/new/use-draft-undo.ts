import { useUndoStore } from '../../stores/undo.ts'
import type { DraftSource, ExperimentDraft } from './use-experiment-draft.ts'

/** Makes a change of a draft that was just made one that can be undone. What was written since can be brought back then. */
export function useDraftUndo({ source }: Pick<ExperimentDraft, 'source'>) {
  const undo = useUndoStore()
  return (what: string, before: DraftSource, restore: (source: DraftSource) => void): void => {
    const after = source.value
    undo.done(what, async () => {
      const now = source.value
      restore(before)
      if (now.text !== after.text) undo.done(`Restored the text before “${what}”`, async () => restore(now))
    })
  }
}
