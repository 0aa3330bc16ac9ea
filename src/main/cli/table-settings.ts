import { z } from 'zod'
import { readings } from '../../readings/index.ts'
import { comparisonQuestion } from '../../readings/question.ts'
import { ExitlabError } from '../../shared/basics/error.ts'

/**
 * Settings that only one table has, given as `tolerated=0.01,0.03`: numbers, words, or lists of them. @throws ExitlabError `usage` for
 * a key that the table does not have; whether a value fits is said by the table itself.
 */
export function tableSettings(table: string, given: readonly string[]): Record<string, unknown> {
  const { shape } = readings.get(table).question
  const own = Object.keys(shape).filter((key) => !Object.hasOwn(comparisonQuestion.shape, key))
  return Object.fromEntries(
    given.map((text) => {
      const [key, value] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
      if (!text.includes('=') || !own.includes(key)) throw noSetting(table, text, own)
      return [key, isList(shape[key]!, value) ? value.split(',').map(valueOf) : settingOf(shape[key]!, value)]
    }),
  )
}

/** Whether a setting is a list; of one that may be a list, whether the text has several parts. */
function isList(schema: unknown, text: string): boolean {
  const isWrapped = [z.ZodDefault, z.ZodOptional, z.ZodNullable].some((wrapper) => schema instanceof wrapper)
  if (isWrapped) return isList((schema as z.ZodOptional).unwrap(), text)
  if (schema instanceof z.ZodUnion) return text.includes(',') && schema.options.some((each) => isList(each, text))
  return schema instanceof z.ZodArray
}

/** Yes or no where the setting is one. */
const settingOf = (schema: z.ZodType, text: string) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).type === 'boolean' && words.has(text)
    ? words.get(text)
    : valueOf(text)

const words: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes'].map((word) => [word, true] as const),
  ...['false', 'no'].map((word) => [word, false] as const),
])

function valueOf(text: string): unknown {
  const word = text.trim()
  return word === '' || Number.isNaN(Number(word)) ? word : Number(word)
}

function noSetting(table: string, text: string, own: readonly string[]): ExitlabError {
  const expected = own.length === 0 ? 'it has none' : `expected ${own.map((key) => `${key}=VALUE`).join(', ')}`
  return new ExitlabError('usage', `${text} is no setting of the table ${table}: ${expected}.`)
}
