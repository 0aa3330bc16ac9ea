import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { DataFound, DrawnSample } from '../../../contract/data.ts'
import type { ImageSplit } from '../../../shared/data/data.ts'
import { sum } from '../../../shared/statistics/statistics.ts'
import { useRequest } from '../../composables/use-request.ts'
import { useHost } from '../../api/host.ts'
import type { ReadExperiment } from './use-experiment-checks.ts'

export interface DataPreview {
  /** What the data set is; null while the experiment names other data than those. */
  found: ComputedRef<DataFound | null>
  /** Why that cannot be said. */
  problem: ComputedRef<string | null>
  /** Whether the experiment can be read with its data as they are written now. */
  isRead: ComputedRef<boolean>
  samples: ComputedRef<readonly DrawnSample[]>
  split: Ref<ImageSplit>
  /** Whether images are shown as training images are changed; of training images alone. */
  augmented: Ref<boolean>
  /** Why there are none. */
  sampleProblem: Ref<string | null>
  loading: ComputedRef<boolean>
  /** Samples are requested once they have been visible. */
  inSight: Ref<boolean>
}

const shownSamples = 24

/** The data of the experiment being written. Requested again only when its data section changes. `written`: that section, as it is written now. */
export function useDataPreview(
  experiment: ComputedRef<ReadExperiment | null>,
  written: ComputedRef<string>,
): DataPreview {
  const { client } = useHost()
  const last = lastOfItsData(experiment, written)
  const asked = computed(() => last.value?.experiment ?? null)
  const isCurrent = computed(() => last.value?.written === written.value)
  const split = ref<ImageSplit>('train')
  const augmented = ref(true)
  const inSight = ref(false)
  const described = useRequest(() => asked.value && client.data.describe({ experiment: asked.value }))
  const counts = computed(() => described.data.value?.classCounts)
  const drawn = useRequest(() => {
    const of = asked.value
    if (of === null || counts.value === undefined || described.loading.value || !inSight.value) return null
    const samples = spread(counts.value[split.value])
    const change = split.value === 'train' && augmented.value
    return client.data
      .samples({ of: { experiment: of }, split: split.value, samples, augmented: change })
      .then((answer) => ({ of, samples: answer.samples }))
  })

  return {
    found: computed(() => (isCurrent.value ? described.data.value : null)),
    problem: computed(() => (isCurrent.value ? described.error.value : null)),
    isRead: isCurrent,
    samples: computed(() => (drawn.data.value?.of === asked.value ? drawn.data.value!.samples : [])),
    split,
    augmented,
    inSight,
    sampleProblem: drawn.error,
    loading: computed(() => described.loading.value || drawn.loading.value),
  }
}

/** The experiment at the last change of its data. */
function lastOfItsData(experiment: ComputedRef<ReadExperiment | null>, written: ComputedRef<string>) {
  const last = shallowRef<{ experiment: ReadExperiment; written: string } | null>(null)
  const dataOf = (of: ReadExperiment | undefined) => of && JSON.stringify([of.file.data, of.folder])
  watch(
    experiment,
    (now) => {
      if (now === null) return
      const isSame = dataOf(now) === dataOf(last.value?.experiment)
      last.value = { experiment: isSame ? last.value!.experiment : now, written: written.value }
    },
    { immediate: true },
  )
  return last
}

/** Evenly spaced samples, so that all classes are shown even if samples are sorted by class. */
function spread(classCounts: readonly number[]): number[] {
  const total = sum(classCounts)
  const shown = Math.min(shownSamples, total)
  return Array.from({ length: shown }, (_, place) => Math.floor((place * total) / shown))
}
