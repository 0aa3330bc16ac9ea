import { predict } from '../../src/main/engine/exits/predictions.ts'
import { scoreExits, type ScoredExits } from '../../src/main/engine/evaluation/scored-exits.ts'
import { fitTemperatures } from '../../src/main/engine/exits/temperature.ts'
import type { ExitRule } from '../../src/main/engine/exits/exit-rule.ts'
import type { ExitOutputs } from '../../src/shared/evaluation.ts'

/** Outputs under any rule; of a scaled one at the temperatures fitted on these outputs. */
export function scoredBy(rule: ExitRule, outputs: ExitOutputs): ScoredExits {
  const temperatures = rule.task === undefined && rule.scaled ? fitTemperatures(outputs) : null
  return scoreExits(rule, outputs, temperatures && predict(outputs, temperatures))
}
