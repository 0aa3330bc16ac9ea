import { computed } from 'vue'
import type { ReadSplit } from '../../shared/evaluation/read-on.ts'
import { useHost } from '../api/host.ts'
import { steady } from './steady.ts'
import { useRequest } from './use-request.ts'

/** Samples of the data of a run (id), by their positions in the split. */
interface RunSamples {
  run: string
  split: ReadSplit
  samples: number[]
}

/** The picture or text of each sample, as far as they are there. `asked` null: of none. */
export function useDrawnSamples(asked: () => RunSamples | null) {
  const { client } = useHost()
  const shown = steady(asked)
  const { data, error, loading } = useRequest((signal) => {
    if (shown.value === null) return null
    const { run, split, samples } = shown.value
    return client.data
      .samples({ of: { run }, split, samples }, { signal })
      .then((answer) => ({ run, split, samples: answer.samples }))
  })
  /** By sample. Those of another page go when the new ones are there; those of other data would be taken for the new ones. */
  const drawn = computed(() => {
    const last = data.value
    const isOfThem = last !== null && last.run === shown.value?.run && last.split === shown.value.split
    return new Map(isOfThem ? last.samples.map((each) => [each.sample, each]) : [])
  })
  return { drawn, error, loading }
}
