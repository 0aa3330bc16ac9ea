import { computed, type Ref } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { readRule } from '../../../shared/rule-reference.ts'
import { useHost } from '../../api/host.ts'
import { useAddress } from '../use-address.ts'
import { useRequest } from '../use-request.ts'
import { inRoundSteps, thresholdsOf } from './thresholds.ts'

/** The thresholds at which the samples of a run leave, in the address. */
export function useSampleThresholds(run: Readonly<Ref<RunSummary | null>>, rule: () => string) {
  const { client } = useHost()
  const address = useAddress()
  const exitCount = computed(() => run.value?.scores?.validation.length ?? null)
  const rules = useRequest((signal) =>
    exitCount.value === null
      ? null
      : client.evaluations.rules({ exits: exitCount.value, task: run.value?.task }, { signal }),
  )
  const chosenRule = computed(() => rules.data.value?.find(({ name }) => name === readRule(rule()).name))
  const range = computed(() => (chosenRule.value ? inRoundSteps(chosenRule.value.thresholds) : null))
  /** One for all exits, or one for each exit but the final. */
  const thresholds = computed(() => thresholdsOf(address.text('threshold'), range.value, exitCount.value ?? 1))
  const threshold = computed({
    get: () => thresholds.value[0]!,
    set: (value: number) => address.change({ threshold: String(value) }),
  })
  return { exitCount, range, thresholds, threshold }
}
