import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { DataFound } from '../../../shared/contract/data.ts'
import type { ImageSplit } from '../../../shared/data.ts'
import { useAnswer } from '../../composables/use-answer.ts'
import { useHost } from '../../api/host.ts'
import type { ReadExperiment } from './use-experiment-checks.ts'

/** An image of the data set, to be shown. */
export interface PreviewPicture {
  sample: number
  label: number
  mixedWith: { label: number; share: number } | null
  /** Address of the PNG file. */
  url: string
}

export interface DataPreview {
  /** What the data set is; of the data of before while others are looked at. */
  found: ShallowRef<DataFound | null>
  /** Why that cannot be said. */
  problem: Ref<string | null>
  pictures: ShallowRef<readonly PreviewPicture[]>
  split: Ref<ImageSplit>
  /** Whether pictures are shown as training images are changed; of training images alone. */
  augmented: Ref<boolean>
  /** Why there are no pictures. */
  pictureProblem: Ref<string | null>
  loading: ComputedRef<boolean>
  /** Pictures are asked for from the first time that they are in sight. */
  inSight: Ref<boolean>
}

const shownPictures = 24

/** The data of an experiment that is being written. It follows its data alone: whatever else is changed asks for nothing. */
export function useDataPreview(experiment: ComputedRef<ReadExperiment | null>): DataPreview {
  const { client } = useHost()
  const asked = lastOfItsData(experiment)
  const split = ref<ImageSplit>('train')
  const augmented = ref(true)
  const inSight = ref(false)
  const described = useAnswer(() => asked.value && client.data.describe({ experiment: asked.value }))
  const counts = computed(() => described.data.value?.classCounts)
  const drawn = useAnswer(() => {
    const of = asked.value
    if (of === null || counts.value === undefined || described.loading.value || !inSight.value) return null
    const samples = spread(counts.value[split.value])
    const change = split.value === 'train' && augmented.value
    return client.data.images({ of: { experiment: of }, split: split.value, samples, augmented: change })
  })

  const pictures = shallowRef<readonly PreviewPicture[]>([])
  const forget = () => pictures.value.forEach(({ url }) => URL.revokeObjectURL(url))
  watch(drawn.data, (answer) => {
    forget()
    pictures.value = (answer?.images ?? []).map(({ png, ...image }) => ({ ...image, url: URL.createObjectURL(png) }))
  })
  onScopeDispose(forget)

  return {
    ...{ found: described.data, problem: described.error, pictures, split, augmented, inSight },
    pictureProblem: drawn.error,
    loading: computed(() => described.loading.value || drawn.loading.value),
  }
}

/** The experiment as it was when its data last changed. */
function lastOfItsData(experiment: ComputedRef<ReadExperiment | null>): ShallowRef<ReadExperiment | null> {
  const last = shallowRef<ReadExperiment | null>(null)
  const dataOf = (of: ReadExperiment | null) => of && JSON.stringify([of.file.data, of.folder])
  watch(
    experiment,
    (now) => {
      if (now !== null && dataOf(now) !== dataOf(last.value)) last.value = now
    },
    { immediate: true },
  )
  return last
}

/** Samples at even distances, so that classes that lie one after the other are all seen. */
function spread(classCounts: readonly number[]): number[] {
  const total = classCounts.reduce((sum, count) => sum + count, 0)
  const shown = Math.min(shownPictures, total)
  return Array.from({ length: shown }, (_, place) => Math.floor((place * total) / shown))
}
