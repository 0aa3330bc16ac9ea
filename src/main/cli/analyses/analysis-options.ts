import { analyses } from '../../../readings/analyses/index.ts'
import { InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { describeExpected } from '../../../shared/basics/describe-schema.ts'
import { jsonSchemaOf, type JsonSchema } from '../../../shared/basics/json-schema.ts'

/** The parameters of a kind as options: `oneDimensional` is `--one-dimensional <NAME>`, with the schema's words and default. */
export function analysisOptions(kind: string): Option[] {
  const { parameters } = analyses.get(kind)
  const { properties = {} } = jsonSchemaOf(parameters)
  return Object.entries(properties).map(([key, schema]) =>
    optionOf(key, schema, (parameters.shape as Record<string, z.ZodType>)[key]!),
  )
}

/** The parameters among a command's options. */
export function parametersOf(kind: string, options: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(analyses.get(kind).parameters.shape)
  return Object.fromEntries(keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]))
}

/** The name of a parameter's option. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function optionOf(key: string, schema: JsonSchema, checked: z.ZodType): Option {
  const { placeholder, read } = formOf(schema)
  const option = new Option(`${flagOf(key)} <${placeholder}>`, asPhrase(schema))
  if (schema.default !== null) option.default(schema.default, wordOf(schema.default))
  return option.argParser((text: string) => {
    const parsed = checked.safeParse(read(text))
    if (parsed.success) return parsed.data
    const { code, message } = parsed.error.issues[0]!
    const reason = code === 'custom' ? message : `expected ${expectedOf(schema)}`
    throw new InvalidArgumentError(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`)
  })
}

/** Schema of the option on the command line, without null. */
function expectedOf(schema: JsonSchema): string {
  if (schema.type === 'boolean') return 'yes or no'
  return describeExpected(schema.anyOf?.find(({ type }) => type !== 'null') ?? schema)
}

interface Form {
  placeholder: string
  /** Value of a word; an invalid word is returned unchanged, so that the schema refuses it. */
  read: (text: string) => unknown
}

function formOf({ type, enum: choices, anyOf }: JsonSchema): Form {
  if (choices) return { placeholder: 'NAME', read: (text) => text }
  if (type === 'boolean') return { placeholder: 'ANSWER', read: (text) => answers.get(text.toLowerCase()) ?? text }
  const whole = type === 'integer' || anyOf?.some((each) => each.type === 'integer')
  return { placeholder: whole ? 'N' : 'X', read: (text) => (text.trim() === '' ? text : Number(text)) }
}

const answers = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
])

function wordOf(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

/** A description as the help of an option has it: with what may be chosen, and no full stop. */
function asPhrase({ description = '', enum: choices, type }: JsonSchema): string {
  const text = String(description).replace(/\.$/, '')
  const phrase = text.charAt(0).toLowerCase() + text.slice(1)
  const words = choices ?? (type === 'boolean' ? ['yes', 'no'] : [])
  return words.length === 0 ? phrase : `${phrase} (choices: ${words.join(', ')})`
}
