import { nearestWord } from '../../../../shared/text/nearest-word.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { RunsContext } from '../run-metrics.ts'
import { settingText } from '../settings/setting-differences.ts'
import type { AmountField, ChoiceField, Field, SettingField, WordingField } from './fields.ts'
import { unquoted } from './words.ts'
import type { Word } from './words.ts'

export type Condition = (run: RunSummary, context: RunsContext) => boolean

/** What is wrong with a stretch of a query, and what to put in its place where that can be guessed. */
export interface QueryProblem {
  start: number
  end: number
  message: string
  suggestion: string | null
}

export const isProblem = (reading: Condition | QueryProblem): reading is QueryProblem => typeof reading === 'object'

/** Predicate of one entry of a key's list. `none`: runs without a value. */
export function conditionOf(key: string, field: Field, entry: Word): Condition | QueryProblem {
  if (entry.text.toLowerCase() === 'none' && field.kind !== 'choice') return without(field)
  if (entry.text === '') return wrong(entry, `${key}: needs a value, such as ${exampleOf(field)}`)
  if ('choices' in field) return choice(key, field, entry)
  if ('example' in field) return amount(key, field, entry)
  if (field.kind === 'setting') return setting(key, field, entry)
  return wording(field, entry.text)
}

const wrong = ({ start, end }: Word, message: string, suggestion: string | null = null): QueryProblem => ({
  start,
  end,
  message,
  suggestion,
})

const exampleOf = (field: Field) =>
  field.kind === 'choice'
    ? field.choices[0]!
    : 'example' in field
      ? field.example
      : field.kind === 'setting'
        ? '0.001'
        : '"some words"'

function without(field: Exclude<Field, ChoiceField>): Condition {
  return (run, context) => {
    const value = field.of(run, context)
    return value === null || (typeof value === 'object' && value.every((each) => each === null))
  }
}

function choice(key: string, field: ChoiceField, entry: Word): Condition | QueryProblem {
  const typed = unquoted(entry.text).replace(/^=/, '')
  const chosen = field.choices.find((name) => name.toLowerCase() === typed.toLowerCase())
  if (chosen !== undefined) return (run) => field.of(run) === chosen
  const near = nearestWord(typed, field.choices) ?? null
  const expected = near === null ? `Expected one of ${field.choices.join(', ')}.` : `Did you mean ${near}?`
  return wrong(entry, `${typed} is not a valid ${key}. ${expected}`, near)
}

function amount(key: string, field: AmountField, entry: Word): Condition | QueryProblem {
  const fits = amountOf(unquoted(entry.text), field.kind)
  if (!fits) return wrong(entry, `${key} is compared with ${expectedAmount[field.kind]}, not ${entry.text}`)
  return (run, context) => {
    const value = field.of(run, context)
    return value !== null && fits(value)
  }
}

const expectedAmount = {
  number: 'a number: 3, <3, >=70, 60..70',
  time: 'a time and its unit: <30m, >2h, 1d..3d',
} as const

function setting(key: string, field: SettingField, entry: Word): Condition | QueryProblem {
  const text = unquoted(entry.text.replace(/^=/, '')).toLowerCase()
  const fits = amountOf(unquoted(entry.text), 'exact')
  if (!fits && /^[<>]/.test(entry.text))
    return wrong(entry, `${key} is compared with ${expectedAmount.number}, not ${entry.text}`)
  return (run, context) =>
    field
      .of(run, context)
      .some((value) =>
        fits && typeof value === 'number' ? fits(value) : value !== null && settingText(value).toLowerCase() === text,
      )
}

function wording(field: WordingField, typed: string): Condition {
  const whole = field.kind === 'label' || typed.startsWith('=')
  const text = unquoted(typed.replace(/^=/, '')).toLowerCase()
  return whole
    ? (run) => field.of(run).some((each) => each.toLowerCase() === text)
    : (run) => field.of(run).some((each) => each.toLowerCase().includes(text))
}

/** Which numbers a query lets through, and how precisely they were typed. */
type Amount = (value: number) => boolean

const operators = {
  '<': (limit: number) => (value: number) => value < limit,
  '<=': (limit: number) => (value: number) => value <= limit,
  '>': (limit: number) => (value: number) => value > limit,
  '>=': (limit: number) => (value: number) => value >= limit,
} as const

const secondsOf = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 } as const

const number = String.raw`[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?`
const plain = new RegExp(`^(${number})%?$`, 'i')
const timed = new RegExp(`^(${number})(s|m|min|h|d|w)$`, 'i')

/** `exact`: a number alone means itself. */
type AmountKind = 'number' | 'time' | 'exact'

/**
 * `3`, `<3`, `>=70.5`, `1e-3`, `60..70`; times with a unit: `<2h`. A number alone means all that round to it as it was typed: 70 is
 * 69.5 up to 70.5. Null where it is none of these.
 */
function amountOf(text: string, kind: AmountKind): Amount | null {
  const [, operator, rest] = /^(<=|>=|<|>|=?)([\s\S]*)$/.exec(text)!
  const [low, high, ...more] = rest!.split('..').map((each) => sizeOf(each.trim(), kind))
  if (!low || high === null || more.length > 0) return null
  if (high !== undefined) return operator === '' ? between(low.value, high.value) : null
  if (operator !== '' && operator !== '=') return operators[operator as keyof typeof operators](low.value)
  return (value) => Math.abs(value - low.value) <= low.step / 2
}

const between = (low: number, high: number) => (value: number) => value >= low && value <= high

/** A number and the unit of its last digit. */
function sizeOf(text: string, kind: AmountKind): { value: number; step: number } | null {
  const [, digits, unit] = (kind === 'time' ? timed : plain).exec(text) ?? []
  if (digits === undefined) return null
  if (kind === 'exact') return { value: Number(digits.replace('−', '-')), step: 0 }
  const scale = unit === undefined ? 1 : secondsOf[unit.toLowerCase() as keyof typeof secondsOf]
  const decimals = digits.split('.')[1]?.length ?? 0
  return { value: Number(digits.replace('−', '-')) * scale, step: scale * 10 ** -decimals }
}
