import { ExitlabError } from '../../shared/basics/error.ts'
import { createRegistry } from '../../shared/methods/registry.ts'
import { readRule } from '../../shared/methods/rule-reference.ts'
import { taskInfoOf, type OfTask } from '../../shared/methods/task.ts'
import { confidence } from './confidence.ts'
import { difference } from './difference.ts'
import { entropy } from './entropy.ts'
import type { ExitRule } from './exit-rule.ts'
import { learnedGate } from './learned-gate.ts'
import { patience } from './patience.ts'
import { configured, parametersIn } from './rule-parameters.ts'
import { scaled } from './scaled.ts'
import { fixed } from './static.ts'

export const exitRules = createRegistry<ExitRule>('rule', {
  confidence,
  entropy,
  patience,
  'scaled-confidence': scaled(confidence),
  'scaled-entropy': scaled(entropy),
  'learned-gate': learnedGate,
  static: fixed,
  difference,
})

/** Names of the rules that can read a task, the default one first. */
export function ruleNames(of: OfTask): string[] {
  const first = taskInfoOf(of).exitRule
  const others = exitRules.names().filter((name) => name !== first && exitRules.get(name).task === of.task)
  return [first, ...others]
}

/** The rule of a reference, such as `difference:patience=2`, and the reference without parameters that have their defaults. @throws ExitlabError `usage` where there is no such rule or parameter. */
export function exitRuleOf(reference: string): { reference: string; rule: ExitRule } {
  return configured(exitRules.choose(readRule(reference).name), reference)
}

/** Reference of the requested rule; default: that of the task. @throws ExitlabError `usage` if the rule cannot read the task. */
export function ruleNameOf(of: OfTask, requested?: string): string {
  const names = ruleNames(of)
  if (requested === undefined) return names[0]!
  const { reference } = exitRuleOf(requested)
  const { name } = readRule(reference)
  if (names.includes(name)) return reference
  const { title } = taskInfoOf(of)
  throw new ExitlabError('usage', `${title} cannot be read by the exit rule ${name}: expected ${names.join(' or ')}.`)
}

/** As `ruleNameOf`, the rule itself. */
export const ruleOfTask = (of: OfTask, requested?: string): ExitRule => exitRuleOf(ruleNameOf(of, requested)).rule

/** What a user may choose from, with the thresholds of a network of a task with that many exits. */
export function exitRuleChoices(exitCount: number, of: OfTask) {
  return ruleNames(of).map((name) => {
    const { info, thresholds, configurable } = exitRules.get(name)
    const values = thresholds(exitCount)
    const [low, high] = [values[0]!, values.at(-1)!]
    const parameters = parametersIn(configurable?.parameters)
    return {
      name,
      ...info,
      parameters,
      thresholds: { low, high, step: (high - low) / Math.max(1, values.length - 1) },
    }
  })
}
