import { computed, type Ref } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { useHost } from '../../api/host.ts'
import { useAddress, wholeNumber } from '../use-address.ts'
import { useRequest } from '../use-request.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { groupOf } from './sample-group-key.ts'
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
  const { client } = useHost()
  const choice = useSampleChoice(runs)
  const { run, groupChoice, label } = choice
  const leaving = useSampleThresholds(run, () => query()?.rule ?? '')
  const hasClasses = computed(() => run.value !== null && run.value.task === undefined)

  const shown = useSamplePage(
    { ...choice, ...leaving, query },
    {
      size: pageSize,
      which: () => (hasClasses.value ? { ...groupOf(groupChoice.value), label: label.value } : null),
      find: (query, options) => client.evaluations.samples(query, options),
    },
  )
  const named = useRequest((signal) => {
    if (!hasClasses.value) return null
    const { id } = run.value!
    const answer = client.data.samples({ of: { run: id }, split: 'test', samples: [] }, { signal })
    return answer.then(({ classes }) => ({ of: id, classes }))
  })
  /** Undefined while they are fetched; null where the data set is not there. */
  const classes = computed(() => {
    const last = named.data.value
    if (last !== null && last.of === run.value?.id) return last.classes
    return named.error.value === null ? undefined : null
  })
  return { ...choice, ...leaving, ...shown, query, classes }
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
  const groupChoice = address.choice('group', 'lost', String)
  const label = address.choice<number | null>('class', null, wholeNumber)
  return { sample, runId, run, seeds, groupChoice, label }
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
