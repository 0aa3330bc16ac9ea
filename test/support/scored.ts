import { scoreExits, type ScoredExits } from '../../src/engine/evaluation/scored-exits.ts'
import type { ExitRule } from '../../src/engine/exits/exit-rule.ts'
import { predict } from '../../src/engine/exits/predictions.ts'
import type { ExitOutputs, FittedNumbers } from '../../src/shared/evaluation/evaluation.ts'

/** Outputs under any rule; under one that is fitted, with the numbers of these outputs. */
export const scoredBy = (rule: ExitRule, outputs: ExitOutputs): ScoredExits =>
  scoreExits(rule, outputs, { fitted: fittedTo(rule, outputs) })

/** Numbers of a rule at each exit of outputs in memory. */
export function fittedTo(rule: ExitRule, outputs: ExitOutputs): FittedNumbers {
  if (!rule.fit) return []
  const { exitCount, logits } = outputs
  const length = logits.length / exitCount
  return Array.from({ length: exitCount }, (_, exit) => {
    const alone = { ...outputs, exitCount: 1, logits: logits.slice(exit * length, (exit + 1) * length) }
    return rule.task === 'regression' ? rule.fit!(alone) : rule.fit!(alone, predict(alone))
  })
}
