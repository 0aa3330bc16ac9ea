import { ExitlabError } from '../../../shared/error.ts'
import { confidence } from './confidence.ts'
import { entropy } from './entropy.ts'
import type { ExitRule } from './exit-rule.ts'
import { patience } from './patience.ts'

export const exitRules = {
  confidence,
  entropy,
  patience,
} satisfies Record<string, ExitRule>

/** What a user may choose from, with the thresholds of a network with that many exits. */
export function exitRuleChoices(exitCount: number) {
  return Object.entries(exitRules).map(([name, { info, thresholds }]) => {
    const values = thresholds(exitCount)
    const [low, high] = [values[0]!, values.at(-1)!]
    return { name, ...info, thresholds: { low, high, step: (high - low) / Math.max(1, values.length - 1) } }
  })
}

/** The rule of that name. Throws `usage` with the names there are. */
export function exitRule(name: string): ExitRule {
  if (Object.hasOwn(exitRules, name)) return exitRules[name as keyof typeof exitRules]
  const known = Object.keys(exitRules).join(', ')
  throw new ExitlabError('usage', `There is no exit rule "${name}". The rules are: ${known}.`)
}
