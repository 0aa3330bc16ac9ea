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

/** The rule of that name. Throws `usage` with the names there are. */
export function exitRule(name: string): ExitRule {
  if (Object.hasOwn(exitRules, name)) return exitRules[name as keyof typeof exitRules]
  const known = Object.keys(exitRules).join(', ')
  throw new ExitlabError('usage', `There is no exit rule "${name}". The rules are: ${known}.`)
}
