import { computed, type Ref } from 'vue'
import { sampleGroup, type SampleGroup } from '../../../readings/samples/schema.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { useAddress, wholeNumber } from '../use-address.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { thresholdsOf } from './thresholds.ts'
import { useSamplePage } from './use-sample-page.ts'
import { useThresholdRange } from './use-threshold-range.ts'

/** Samples at once. */
export const pageSize = 48

interface Sources {
  /** The compared runs that are done. */
  runs: () => readonly RunSummary[]
  query: () => ComparisonQuery | null
}

/** Selection of samples in the address, and the host's results. */
export function useSamples({ runs, query }: Sources) {
  const choice = useSampleChoice(runs)
  const { run, group, label } = choice
  const leaving = useSampleThresholds(run, () => query()?.rule ?? '')
  const hasClasses = computed(() => run.value !== null && run.value.task === undefined)

  const shown = useSamplePage(
    { ...choice, ...leaving, query },
    {
      reading: 'samples',
      size: pageSize,
      which: () => (hasClasses.value ? { group: group.value, label: label.value } : null),
    },
  )
  return { ...choice, ...leaving, ...shown, query }
}

export type Samples = ReturnType<typeof useSamples>

/** The run whose samples are shown, and which of them. */
function useSampleChoice(runs: () => readonly RunSummary[]) {
  const address = useAddress()
  const runId = address.choice('of', '', String)
  const run = computed(() => chosenRun(runs(), runId.value))
  const seeds = computed(() =>
    runs().filter((each) => each.experimentId === run.value?.experimentId && each.series === run.value.series),
  )
  /** The sample whose path is shown; null: none. To it and back is a step each. */
  const sample = computed({
    get: () => wholeNumber(address.text('sample') ?? ''),
    set: (value: number | null) =>
      address.change(
        { sample: value === null ? null : String(value) },
        { step: value === null || sample.value === null },
      ),
  })
  const group = address.choice<SampleGroup>('group', 'lost', (text) => sampleGroup.safeParse(text).data ?? null)
  const label = address.choice<number | null>('class', null, wholeNumber)
  return { sample, runId, run, seeds, group, label }
}

/** The wanted run, else the first of `mixed`, which the method recommends, else the last. */
function chosenRun(runs: readonly RunSummary[], id: string): RunSummary | null {
  return runs.find((run) => run.id === id) ?? runs.find(({ regime }) => regime === 'mixed') ?? runs.at(-1) ?? null
}

/** The thresholds at which the samples of a run leave. */
function useSampleThresholds(run: Readonly<Ref<RunSummary | null>>, rule: () => string) {
  const address = useAddress()
  const exitCount = computed(() => run.value?.scores?.validation.length ?? null)
  const { range, error: unranged } = useThresholdRange({
    rule,
    exits: () => exitCount.value,
    task: () => run.value?.task,
  })
  /** One for all exits, or one for each exit but the final. */
  const thresholds = computed(() => thresholdsOf(address.text('threshold'), range.value, exitCount.value ?? 1))
  const threshold = computed({
    get: () => thresholds.value[0]!,
    set: (value: number) => address.change({ threshold: String(value) }),
  })
  return { exitCount, range, unranged, thresholds, threshold }
}
