import { computed, ref, watch, type Ref } from 'vue'
import type { DrawnSample } from '../../../contract/data.ts'
import type { AnswerOf, QuestionOf } from '../../../readings/index.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { steady } from '../steady.ts'
import { useDrawnSamples } from '../use-drawn-samples.ts'
import { useReading, type AskedReading } from '../use-reading.ts'
import type { HostRequest } from '../use-request.ts'
import { oneOrEach, type ThresholdRange } from './thresholds.ts'
import type { ComparisonQuery } from './use-comparison.ts'

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

/** Readings that are samples of one run. */
type SampleReading = 'samples' | 'largest-errors'

interface PageOptions<Name extends SampleReading> {
  reading: Name
  /** Samples at once. */
  size: number
  /** Which samples; null: none. */
  which: () => Partial<QuestionOf<Name>> | null
}

export interface SamplePage<Name extends SampleReading = SampleReading> {
  page: Ref<number>
  /** What is shown, as it is exported; null: nothing. */
  asked: Readonly<Ref<AskedReading<Name> | null>>
  found: HostRequest<AnswerOf<Name>>
  /** Why their pictures or texts cannot be had. */
  undrawn: Ref<string | null>
  /** Picture or text of each that is found, by sample, as far as they are there. */
  drawn: Readonly<Ref<ReadonlyMap<number, DrawnSample>>>
}

/** Samples of a run page by page, and what they look like. They are asked for once the thresholds are known. */
export function useSamplePage<Name extends SampleReading>(
  { run, query, range, unranged, thresholds }: SampleSource,
  { reading, size, which }: PageOptions<Name>,
): SamplePage<Name> {
  const page = ref(0)
  const chosen = steady(() => {
    const [samples, read] = [which(), query()]
    if (samples === null || read === null || run.value === null || range.value === null) return null
    const { among, split, rule } = read
    return { runs: [run.value.id], among, split, rule, thresholds: oneOrEach(thresholds.value), ...samples }
  })
  watch(chosen, () => (page.value = 0))
  const asked = computed(
    () => chosen.value && { reading, question: { ...chosen.value, offset: page.value * size, limit: size } },
  )
  const found = useReading(() => asked.value)
  const { drawn, error: undrawn } = useDrawnSamples(() => {
    if (found.data.value === null) return null
    const { run, split, samples } = found.data.value
    return { run, split, samples: samples.map(({ sample }) => sample) }
  })
  const error = computed(() => found.error.value ?? unranged.value)
  return { page, asked, found: { ...found, error }, undrawn, drawn }
}
