import { computed, ref, watch, type Ref } from 'vue'
import type { DrawnSample } from '../../../contract/data.ts'
import { useHost } from '../../api/host.ts'
import { useRequest, type HostRequest } from '../use-request.ts'
import type { useSampleChoice } from './use-sample-choice.ts'
import type { useSampleThresholds } from './use-sample-thresholds.ts'

/** The run whose samples are shown, and the thresholds at which they leave. */
type SampleSource = Pick<ReturnType<typeof useSampleChoice>, 'run' | 'split'> &
  Pick<ReturnType<typeof useSampleThresholds>, 'range' | 'thresholds'>

/** What any samples are asked for by. */
interface PageQuery {
  run: string
  rule: string
  split: 'validation' | 'test'
  thresholds: number | number[]
  offset: number
  limit: number
}

interface PageOptions<Query extends object, Found> {
  /** Samples at once. */
  size: number
  rule: () => string
  /** Which samples; null: none. */
  query: () => Query | null
  find(query: PageQuery & Query, options: { signal: AbortSignal }): Promise<Found>
}

export interface SamplePage<Found> {
  page: Ref<number>
  found: HostRequest<Found>
  /** The pictures or texts of those found. */
  drawn: HostRequest<{ samples: DrawnSample[] }>
}

/** Samples of a run page by page, and what they look like. They are asked for once the thresholds are known. */
export function useSamplePage<Query extends object, Found extends { samples: readonly { sample: number }[] }>(
  { run, split, range, thresholds }: SampleSource,
  { size, rule, query, find }: PageOptions<Query, Found>,
): SamplePage<Found> {
  const { client } = useHost()
  const page = ref(0)
  const asked = computed(() => {
    const which = query()
    if (which === null || run.value === null || range.value === null) return null
    const chosen = thresholds.value.length > 1 ? [...thresholds.value] : thresholds.value[0]!
    return { run: run.value.id, rule: rule(), split: split.value, thresholds: chosen, ...which }
  })
  watch(
    () => JSON.stringify(asked.value),
    () => (page.value = 0),
  )
  const found = useRequest(
    (signal) => asked.value && find({ ...asked.value, offset: page.value * size, limit: size }, { signal }),
  )
  const drawn = useRequest((signal) => {
    const samples = found.data.value?.samples.map(({ sample }) => sample)
    if (samples === undefined || run.value === null) return null
    return client.data.samples({ of: { run: run.value.id }, split: split.value, samples }, { signal })
  })
  return { page, found, drawn }
}
