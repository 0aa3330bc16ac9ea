import { computed, ref, watch } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { useHost } from '../../api/host.ts'
import { useRequest } from '../use-request.ts'
import { groupOf } from './sample-group-key.ts'
import { useSampleChoice } from './use-sample-choice.ts'
import { useSampleThresholds } from './use-sample-thresholds.ts'

/** Samples at once. */
export const pageSize = 48

interface Sources {
  /** The compared runs that are done. */
  runs: () => readonly RunSummary[]
  rule: () => string
}

/** Selection of samples in the address, and the host's results. */
export function useSamples({ runs, rule }: Sources) {
  const { client } = useHost()
  const choice = useSampleChoice(runs)
  const { run, split, groupChoice, label } = choice
  const leaving = useSampleThresholds(run, rule)
  const page = ref(0)

  const asked = computed(() => {
    if (run.value === null || run.value.task !== undefined || leaving.range.value === null) return null
    const thresholds = leaving.thresholds.value
    return {
      run: run.value.id,
      rule: rule(),
      split: split.value,
      thresholds: thresholds.length > 1 ? [...thresholds] : thresholds[0]!,
      ...groupOf(groupChoice.value),
      label: label.value,
    }
  })
  watch(
    () => JSON.stringify(asked.value),
    () => (page.value = 0),
  )
  const found = useRequest(
    (signal) =>
      asked.value &&
      client.evaluations.samples({ ...asked.value, offset: page.value * pageSize, limit: pageSize }, { signal }),
  )
  const drawn = useRequest((signal) => {
    const samples = found.data.value?.samples.map(({ sample }) => sample)
    if (samples === undefined || run.value === null) return null
    return client.data.samples({ of: { run: run.value.id }, split: split.value, samples }, { signal })
  })
  const named = useRequest((signal) =>
    run.value?.task !== undefined || run.value === null
      ? null
      : client.data.samples({ of: { run: run.value.id }, split: split.value, samples: [] }, { signal }),
  )
  /** Undefined while they are fetched; null where the data set is not there. */
  const classes = computed(() => named.data.value?.classes ?? (named.error.value === null ? undefined : null))
  return { ...choice, ...leaving, page, found, drawn, classes }
}

export type Samples = ReturnType<typeof useSamples>
