import { computed } from 'vue'
import { readRule } from '../../../shared/methods/rule-reference.ts'
import type { OfTask } from '../../../shared/methods/task.ts'
import { useHost } from '../../api/host.ts'
import { useRequest } from '../use-request.ts'
import { inRoundSteps, type ThresholdRange } from './thresholds.ts'

interface Rule {
  /** As questions have it. */
  rule: () => string
  /** Exits of the network, the final included; null: not known. */
  exits: () => number | null
  task: () => OfTask['task']
}

/** Thresholds that an exit rule has in a network: null while that is not known, or cannot be (`error`). */
export function useThresholdRange({ rule, exits, task }: Rule) {
  const { client } = useHost()
  const rules = useRequest((signal) => {
    const count = exits()
    return count === null ? null : client.evaluations.rules({ exits: count, task: task() }, { signal })
  })
  const range = computed<ThresholdRange | null>(() => {
    const swept = rules.data.value?.find(({ name }) => name === readRule(rule()).name)?.thresholds
    return swept ? inRoundSteps(swept) : null
  })
  return { range, error: rules.error }
}
