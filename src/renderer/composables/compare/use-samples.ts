import { computed } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { useHost } from '../../api/host.ts'
import { useRequest } from '../use-request.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { groupOf } from './sample-group-key.ts'
import { useSampleChoice } from './use-sample-choice.ts'
import { useSamplePage } from './use-sample-page.ts'
import { useSampleThresholds } from './use-sample-thresholds.ts'

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
  const named = useRequest((signal) =>
    hasClasses.value
      ? client.data.samples({ of: { run: run.value!.id }, split: 'test', samples: [] }, { signal })
      : null,
  )
  /** Undefined while they are fetched; null where the data set is not there. */
  const classes = computed(() => named.data.value?.classes ?? (named.error.value === null ? undefined : null))
  return { ...choice, ...leaving, ...shown, query, classes }
}

export type Samples = ReturnType<typeof useSamples>
