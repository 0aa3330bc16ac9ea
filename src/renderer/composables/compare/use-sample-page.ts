import { computed, ref, watch, type Ref } from 'vue'
import type { DrawnSample } from '../../../contract/data.ts'
import type { ReadSplit } from '../../../shared/read-on.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import { useHost } from '../../api/host.ts'
import { useRequest, type HostRequest } from '../use-request.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { oneOrEach, type ThresholdRange } from './thresholds.ts'

/** The run whose samples are shown, and the thresholds at which they leave. */
interface SampleSource {
  run: Readonly<Ref<RunSummary | null>>
  range: Readonly<Ref<ThresholdRange | null>>
  /** Why the range cannot be known. */
  unranged: Readonly<Ref<string | null>>
  thresholds: Readonly<Ref<readonly number[]>>
  /** How the runs are read; null: there are none. */
  query: () => ComparisonQuery | null
}

/** What any samples are asked for by. */
interface PageQuery {
  run: string
  among: string[]
  split?: ReadSplit | undefined
  rule: string
  thresholds: number | number[]
  offset: number
  limit: number
}

interface PageOptions<Query extends object, Found> {
  /** Samples at once. */
  size: number
  /** Which samples; null: none. */
  which: () => Query | null
  find(query: PageQuery & Query, options: { signal: AbortSignal }): Promise<Found>
}

export interface SamplePage<Found> {
  page: Ref<number>
  found: HostRequest<Found>
  /** The pictures or texts of those found. */
  drawn: HostRequest<{ samples: DrawnSample[] }>
}

export interface FoundSamples {
  split: ReadSplit
  samples: readonly { sample: number }[]
}

/** Samples of a run page by page, and what they look like. They are asked for once the thresholds are known. */
export function useSamplePage<Query extends object, Found extends FoundSamples>(
  { run, query, range, unranged, thresholds }: SampleSource,
  { size, which, find }: PageOptions<Query, Found>,
): SamplePage<Found> {
  const { client } = useHost()
  const page = ref(0)
  const asked = computed(() => {
    const [chosen, read] = [which(), query()]
    if (chosen === null || read === null || run.value === null || range.value === null) return null
    const { among, split, rule } = read
    return { run: run.value.id, among, split, rule, thresholds: oneOrEach(thresholds.value), ...chosen }
  })
  watch(
    () => JSON.stringify(asked.value),
    () => (page.value = 0),
  )
  const found = useRequest(
    (signal) => asked.value && find({ ...asked.value, offset: page.value * size, limit: size }, { signal }),
  )
  const drawn = useRequest((signal) => {
    if (found.data.value === null || run.value === null) return null
    const { split, samples } = found.data.value
    const shown = samples.map(({ sample }) => sample)
    return client.data.samples({ of: { run: run.value.id }, split, samples: shown }, { signal })
  })
  const error = computed(() => found.error.value ?? unranged.value)
  return { page, found: { ...found, error }, drawn }
}
