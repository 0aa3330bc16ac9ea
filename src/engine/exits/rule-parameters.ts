import { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import { readRule, ruleParameters, writeRule } from '../../shared/methods/rule-reference.ts'
import type { ExitRule } from './exit-rule.ts'

/** The rule with the parameters in a reference to it, and the reference without those that have their defaults. @throws ExitlabError `usage` where it cannot have them. */
export function configured(rule: ExitRule, reference: string): { reference: string; rule: ExitRule } {
  const { name, parameters } = readRule(reference)
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

/** The parameters of a rule, whole numbers with a default, as fields show them. */
export function parametersIn(schema?: z.ZodObject) {
  return Object.entries(schema?.shape ?? {}).map(([key, parameter]) => {
    const { description, default: defaultValue, minimum, maximum } = z.toJSONSchema(parameter as z.ZodType)
    return { key, description: description!, defaultValue: defaultValue as number, least: minimum!, most: maximum! }
  })
}
