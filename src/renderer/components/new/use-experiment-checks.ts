import { refDebounced } from '@vueuse/core'
import { computed, ref, toRaw, watch } from 'vue'
import type { Problem } from '../../../shared/basics/error.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { useRequest } from '../../composables/use-request.ts'
import { useHost } from '../../api/host.ts'
import { useRunsStore } from '../../stores/runs.ts'
import type { ExperimentDraft } from './use-experiment-draft.ts'

/** An experiment whose text could be parsed. */
export interface ReadExperiment {
  file: ExperimentFile
  source: string
  folder: string | null
}

/** Debounce of typing, short enough that changes in the form are checked almost at once. */
const quietMilliseconds = 150

/** The host's checks of a draft, repeated when it changes. Trains and times nothing. */
export function useExperimentChecks(draft: Pick<ExperimentDraft, 'source' | 'loads'>) {
  const { client } = useHost()
  const settled = refDebounced(
    computed(() => ({ source: draft.source.value, load: draft.loads.value })),
    quietMilliseconds,
  )
  const read = useRequest(() => {
    const { load } = settled.value
    const { text: source, folder } = settled.value.source
    if (source.trim() === '') return null
    return client.experiments
      .parse({ source })
      .then((file) => ({ load, experiment: { file, source, folder } satisfies ReadExperiment }))
  })
  const asked = computed(() => (read.error.value === null ? read.data.value : null))
  const ofThisLoad = <Answer extends { load: number }>(answer: Answer | null) =>
    answer?.load === draft.loads.value ? answer : null
  const planned = useRequest(() => {
    if (asked.value === null) return null
    const { load, experiment } = asked.value
    return client.experiments.plan({ ...experiment, calibrate: false }).then((plan) => ({ load, plan }))
  })
  /** How far the host is with the plan, if that takes long. */
  const activity = ref<string | null>(null)
  useRunsStore().onActivity((text) => {
    if (planned.loading.value) activity.value = text
  })
  watch(planned.loading, () => (activity.value = null))
  const drawn = useRequest(() => {
    if (asked.value === null) return null
    const { load, experiment } = asked.value
    const of = backboneOf(experiment.file)
    return client.experiments.network(experiment).then((drawing) => ({ load, of, drawing }))
  })
  /** An exit in a wrong place is mended in the drawing of before; another network is not shown in the place of this one. */
  const drawing = computed(() => {
    const last = ofThisLoad(drawn.data.value)
    const file = asked.value?.experiment.file
    const other = drawn.error.value !== null && file !== undefined && backboneOf(file) !== last?.of
    return last === null || other ? null : last.drawing
  })

  /** The experiment of the draft as it is now; null while it is being read, or where something is wrong with it. */
  const experiment = computed<ReadExperiment | null>(() => {
    const { text, folder } = draft.source.value
    const found = asked.value?.experiment ?? null
    return found !== null && found.source === text && found.folder === folder ? found : null
  })
  const isSettled = computed(() => toRaw(settled.value.source) === toRaw(draft.source.value))
  /** Whether the results are those of an earlier draft. */
  const pending = computed(() => !isSettled.value || read.loading.value || planned.loading.value || drawn.loading.value)
  /** What was wrong with the experiment that was here before says nothing of one that has just been loaded. */
  const checkedLoad = ref(draft.loads.value)
  watch([pending, draft.loads], () => !pending.value && (checkedLoad.value = draft.loads.value))
  const isUnchecked = computed(() => checkedLoad.value !== draft.loads.value)
  /** What would be trained, as last known of the loaded experiment. An earlier text says nothing about one that the host refused to plan. */
  const plan = computed(() => (planned.error.value === null ? (ofThisLoad(planned.data.value)?.plan ?? null) : null))
  /** Everything that is wrong with the file, in the order of its lines. */
  const problems = computed(() => {
    if (isUnchecked.value) return []
    const wrong = [read, planned, drawn].find((answer) => answer.problems.value.length > 0)
    return inOrder(wrong?.problems.value ?? plan.value?.obstacles ?? [])
  })
  /** A further error, such as missing images. */
  const fault = computed(() => {
    if (problems.value.length > 0 || isUnchecked.value) return null
    return read.error.value ?? planned.error.value ?? drawn.error.value
  })
  return { experiment, problems, plan, drawing, fault, pending, activity }
}

/** Equal for files with the same network and images, wherever the exits are. */
function backboneOf({ data, network: { exits: _, ...network } }: ExperimentFile): string {
  return JSON.stringify([data.source, data.path, network])
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}
