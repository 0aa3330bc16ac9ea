import { computed, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useHost } from '../../api/host.ts'
import { useAction } from '../../composables/use-action.ts'
import { useOpenedText } from '../../composables/use-opened-text.ts'
import { usePresetsStore } from '../../stores/presets.ts'
import type { MenuItem } from '../ui/menu-item.ts'
import { draftOfPreset, draftOfRun, remedies } from './draft-sources.ts'
import { useDraftUndo } from './use-draft-undo.ts'
import type { DraftSource, ExperimentDraft } from './use-experiment-draft.ts'

/**
 * Loads experiments into a draft: the example (`preset`) or the run (`from`) that the address names, files that the user opens, and
 * the first example into an empty draft. Returns the examples as items of a menu.
 */
export function useDraftLoading(draft: ExperimentDraft): { presets: ComputedRef<MenuItem[]> } {
  const load = useUndoableLoad(draft)
  loadFromAddress(draft, load)
  loadOpenedFiles(load)
  const examples = usePresetsStore()
  const firstOfPaper = computed(() => examples.list.find(({ name }) => name.startsWith('paper/'))?.name)
  const presets = computed(() =>
    examples.list.map((preset) => ({
      label: preset.title,
      heading: preset.name === firstOfPaper.value ? 'Settings of the paper' : undefined,
      detail: preset.sentence,
      run: () => load(draftOfPreset(preset), `Loaded ${preset.title}`),
    })),
  )
  return { presets }
}

/** Loads an experiment; `what` was done, for the message with which the previous text can be restored. */
type Load = (source: DraftSource, what: string) => void

function useUndoableLoad(draft: ExperimentDraft): Load {
  const undoable = useDraftUndo(draft)
  return (source, what) => {
    const before = draft.source.value
    draft.load(source)
    if (before.text.trim() !== '' && before.text !== source.text) undoable(what, before, draft.load)
  }
}

function loadFromAddress(draft: ExperimentDraft, load: Load): void {
  const { client } = useHost()
  const route = useRoute()
  const router = useRouter()
  const examples = usePresetsStore()
  const { run } = useAction()
  // A requested experiment is loaded once: on returning to the address, the edited text is kept.
  const clearAddress = () => router.replace({ query: {} })

  watch(
    () => examples.list,
    ([first]) => {
      const named = examples.list.find(({ name }) => name === route.query.preset)
      if (named !== undefined) {
        load(draftOfPreset(named), `Loaded ${named.title}`)
        void clearAddress()
      } else if (first !== undefined && draft.text.value.trim() === '' && route.query.from === undefined) {
        draft.load(draftOfPreset(first))
      }
    },
    { immediate: true },
  )
  watch(
    () => route.query.from,
    async (from) => {
      if (typeof from !== 'string') return
      const detail = await run('The run could not be copied', () => client.runs.show({ run: from }))
      // Whoever has gone elsewhere meanwhile keeps their draft, and the address of where they are.
      if (detail === undefined || route.name !== 'new' || route.query.from !== from) return
      const remedy = remedies.find((each) => each === route.query.remedy) ?? null
      load(draftOfRun(detail, remedy), `Copied ${detail.name}`)
      await clearAddress()
    },
    { immediate: true },
  )
}

function loadOpenedFiles(load: Load): void {
  const opened = useOpenedText()
  watch(
    opened.opened,
    () => {
      const file = opened.take()
      if (file === null) return
      const { name: fileName, folder, text } = file
      load({ text, folder, fileName }, `Opened ${fileName}`)
    },
    { immediate: true },
  )
}
