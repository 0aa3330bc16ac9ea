import { createRegistry } from '../../../shared/registry.ts'
import { confidence } from './confidence.ts'
import { entropy } from './entropy.ts'
import type { ExitRule } from './exit-rule.ts'
import { patience } from './patience.ts'

export const exitRules = createRegistry<ExitRule>('exit rule', { confidence, entropy, patience })

/** What a user may choose from, with the thresholds of a network with that many exits. */
export function exitRuleChoices(exitCount: number) {
  return exitRules.entries().map(([name, { info, thresholds }]) => {
    const values = thresholds(exitCount)
    const [low, high] = [values[0]!, values.at(-1)!]
    return { name, ...info, thresholds: { low, high, step: (high - low) / Math.max(1, values.length - 1) } }
  })
}
