import { ExitlabError } from '../../../shared/error.ts'
import { createRegistry } from '../../../shared/registry.ts'
import { taskInfoOf, type OfTask } from '../../../shared/task.ts'
import { confidence } from './confidence.ts'
import { differenceRule } from './difference.ts'
import { entropy } from './entropy.ts'
import type { ExitRule } from './exit-rule.ts'
import { patience } from './patience.ts'
import { fixed } from './static.ts'

export const exitRules = createRegistry<ExitRule>('exit rule', {
  confidence,
  entropy,
  patience,
  static: fixed,
  difference: differenceRule(),
})

/** Names of the rules that can read a task, the usual one first. */
export function ruleNames(of: OfTask): string[] {
  const first = taskInfoOf(of).exitRule
  const others = exitRules.names().filter((name) => name !== first && exitRules.get(name).task === of.task)
  return [first, ...others]
}

/** The rule that is asked for, the usual one of the task where none is. @throws ExitlabError `usage` where it cannot read the task. */
export function ruleNameOf(of: OfTask, asked?: string): string {
  const names = ruleNames(of)
  if (asked === undefined) return names[0]!
  exitRules.get(asked)
  if (names.includes(asked)) return asked
  const { title } = taskInfoOf(of)
  throw new ExitlabError('usage', `${title} cannot be read by the exit rule ${asked}: expected ${names.join(' or ')}.`)
}

/** As `ruleNameOf`, the rule itself. */
export const ruleOfTask = (of: OfTask, asked?: string): ExitRule => exitRules.get(ruleNameOf(of, asked))

/** What a user may choose from, with the thresholds of a network of a task with that many exits. */
export function exitRuleChoices(exitCount: number, of: OfTask) {
  return ruleNames(of).map((name) => {
    const { info, thresholds } = exitRules.get(name)
    const values = thresholds(exitCount)
    const [low, high] = [values[0]!, values.at(-1)!]
    return { name, ...info, thresholds: { low, high, step: (high - low) / Math.max(1, values.length - 1) } }
  })
}
