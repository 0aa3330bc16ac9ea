import { z } from 'zod'
import { ExitlabError } from '../../../shared/error.ts'
import { createRegistry } from '../../../shared/registry.ts'
import { readRule, ruleParameters, writeRule } from '../../../shared/rule-reference.ts'
import { taskInfoOf, type OfTask } from '../../../shared/task.ts'
import { confidence } from './confidence.ts'
import { difference } from './difference.ts'
import { entropy } from './entropy.ts'
import type { ExitRule } from './exit-rule.ts'
import { patience } from './patience.ts'
import { scaled } from './scaled.ts'
import { fixed } from './static.ts'

export const exitRules = createRegistry<ExitRule>('exit rule', {
  confidence,
  entropy,
  patience,
  'scaled-confidence': scaled(confidence),
  'scaled-entropy': scaled(entropy),
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
  const { name, parameters } = readRule(reference)
  const rule = exitRules.get(name)
  if (Object.keys(parameters).length === 0) return { reference: name, rule }
  if (!rule.configurable) throw refused(name, 'It has no parameters.')
  const { parameters: schema, configure } = rule.configurable
  const keys = ruleParameters(reference).map(([key]) => key)
  const repeated = keys.find((key, index) => keys.indexOf(key) < index)
  if (repeated !== undefined) throw refused(name, `${repeated} is given more than once: give it once.`)
  const { success, data, error } = schema.safeParse(numbersIn(parameters))
  if (!success) throw refused(name, faultOf(error.issues[0]!, { schema, parameters }))
  const values = data as Record<string, number>
  const defaults = schema.parse({})
  const changed = Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== defaults[key]))
  return { reference: writeRule({ name, parameters: changed }), rule: configure(values) }
}

/** What is wrong with a parameter, and what was expected. */
function faultOf(
  issue: z.core.$ZodIssue,
  { schema, parameters }: { schema: z.ZodObject; parameters: Readonly<Record<string, string>> },
): string {
  const known = parametersIn(schema)
  const found = known.find(({ key }) => key === issue.path[0])
  if (found === undefined) {
    const unknown = Object.keys(parameters).find((given) => known.every(({ key }) => key !== given))
    return `It has no parameter ${unknown}: expected ${known.map(({ key }) => key).join(' or ')}.`
  }
  const { key, defaultValue, least, most } = found
  const given = parameters[key] === '' ? 'has no value' : `is ${parameters[key]}`
  return `${key} ${given}: expected a whole number from ${least} to ${most}, such as ${key}=${defaultValue}.`
}

/** Text that is not a number is returned unchanged, so that the schema refuses it. */
const numbersIn = (parameters: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(parameters).map(([key, text]) => [
      key,
      text === '' || Number.isNaN(Number(text)) ? text : Number(text),
    ]),
  )

const refused = (name: string, reason: string) =>
  new ExitlabError('usage', `The exit rule ${name} cannot have these parameters. ${reason}`)

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

/** Whether the rule of this name reads logits at the temperatures of the exits. */
export function isScaled(name: string): boolean {
  const { rule } = exitRuleOf(name)
  return rule.task === undefined && rule.scaled === true
}

/** What a user may choose from, with the thresholds of a network of a task with that many exits. */
export function exitRuleChoices(exitCount: number, of: OfTask) {
  return ruleNames(of).map((name) => {
    const { info, thresholds, configurable } = exitRules.get(name)
    const values = thresholds(exitCount)
    const [low, high] = [values[0]!, values.at(-1)!]
    const parameters = parametersIn(configurable?.parameters)
    return {
      ...{ name, ...info, scaled: isScaled(name), parameters },
      thresholds: { low, high, step: (high - low) / Math.max(1, values.length - 1) },
    }
  })
}

/** Whole numbers with a default, as fields show them. */
function parametersIn(schema?: z.ZodObject) {
  return Object.entries(schema?.shape ?? {}).map(([key, parameter]) => {
    const { description, default: defaultValue, minimum, maximum } = z.toJSONSchema(parameter as z.ZodType)
    return { key, description: description!, defaultValue: defaultValue as number, least: minimum!, most: maximum! }
  })
}
