import { computed, ref, watch, type Ref } from 'vue'
import type { DrawnSample } from '../../../contract/data.ts'
import type { ReadSplit } from '../../../shared/read-on.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import { useDrawnSamples } from '../use-drawn-samples.ts'
import { useRequest, type HostRequest } from '../use-request.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { steady } from '../steady.ts'
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
  /** Why their pictures or texts cannot be had. */
  undrawn: Ref<string | null>
  /** Picture or text of each that is found, by sample, as far as they are there. */
  drawn: Readonly<Ref<ReadonlyMap<number, DrawnSample>>>
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
  const page = ref(0)
  const asked = steady(() => {
    const [chosen, read] = [which(), query()]
    if (chosen === null || read === null || run.value === null || range.value === null) return null
    const { among, split, rule } = read
    return { run: run.value.id, among, split, rule, thresholds: oneOrEach(thresholds.value), ...chosen }
  })
  watch(asked, () => (page.value = 0))
  const found = useRequest((signal) => {
    const query = asked.value
    if (query === null) return null
    const answer = find({ ...query, offset: page.value * size, limit: size }, { signal })
    return answer.then((samples) => ({ ...samples, of: query.run }))
  })
  const { drawn, error: undrawn } = useDrawnSamples(() => {
    if (found.data.value === null) return null
    const { of, split, samples } = found.data.value
    return { run: of, split, samples: samples.map(({ sample }) => sample) }
  })
  const error = computed(() => found.error.value ?? unranged.value)
  return { page, found: { ...found, error }, undrawn, drawn }
}
