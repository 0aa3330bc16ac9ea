import { nearestWord } from '../../../../shared/text/nearest-word.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { RunsContext } from '../run-metrics.ts'
import { settingText } from '../settings/setting-differences.ts'
import {
  type AmountField,
  type ChoiceField,
  type Field,
  fieldKeys,
  fieldNamed,
  fields,
  type SettingField,
  type WordingField,
} from './fields.ts'
import { settingKeys } from './setting-keys.ts'

/** A stretch of a query without white space outside of quotes; `start` and `end` are offsets in the query's text. */
export interface Word {
  text: string
  start: number
  end: number
}

type Condition = (run: RunSummary, context: RunsContext) => boolean

/** What is wrong with a stretch of a query, and what to put in its place where that can be guessed. */
export interface QueryProblem {
  start: number
  end: number
  message: string
  suggestion: string | null
}

/** One word of a query: `regime:mixed,joint`, `-status:failed`, `val>70`, or a part of the name. */
interface Term extends Word {
  /** Of the field, whichever of its names was typed; null: a part of the name. */
  key: string | null
  negated: boolean
  /** Empty: the word can be understood. */
  problems: readonly QueryProblem[]
  matches: Condition
}

/** Terms must all hold; the values of a term are alternatives. */
export interface Query {
  terms: readonly Term[]
  problems: readonly QueryProblem[]
}

/** `regimes`: those of stored runs, beside those of this version. */
export function parseQuery(text: string, regimes: readonly string[] = []): Query {
  const terms = wordsOf(text).map((word) => termOf(word, regimes))
  return { terms, problems: terms.flatMap(({ problems }) => problems) }
}

/** The query as one condition; words that cannot be parsed are ignored. */
export function conditionOfQuery({ terms }: Query): Condition {
  const conditions = terms.filter(({ problems }) => problems.length === 0).map(({ matches }) => matches)
  return (run, context) => conditions.every((matches) => matches(run, context))
}

/** The parts of a word with their offsets: sign, key, operator and value. */
export function partsOf(word: Word) {
  const [, sign, key, operator, rest] = /^(-?)([A-Za-z][\w.]*)(:|<=|>=|<|>|=)([\s\S]*)$/.exec(word.text) ?? []
  if (key === undefined) return null
  const keyStart = word.start + sign!.length
  return {
    negated: sign === '-',
    key: { text: key, start: keyStart, end: keyStart + key.length },
    operator: operator!,
    rest: { text: rest!, start: word.end - rest!.length, end: word.end },
  }
}

function termOf(word: Word, regimes: readonly string[]): Term {
  const parts = partsOf(word)
  if (parts === null) return nameTerm(word)
  const named = fieldNamed(parts.key.text, regimes)
  if (named === null) return unknownKey(word, parts.key)
  const readings = entriesOf(parts.rest).map((entry) =>
    conditionOf(
      parts.key.text,
      named.field,
      parts.operator === ':' ? entry : { ...entry, text: parts.operator + entry.text },
    ),
  )
  return finished(word, { key: named.key, negated: parts.negated, readings })
}

function nameTerm(word: Word): Term {
  const negated = word.text.length > 1 && word.text.startsWith('-')
  const entry = negated ? { ...word, text: word.text.slice(1), start: word.start + 1 } : word
  return finished(word, { key: null, negated, readings: [conditionOf('name', fields.name, entry)] })
}

function unknownKey(word: Word, key: Word): Term {
  const near = nearestWord(key.text, [...fieldKeys, ...settingKeys]) ?? null
  const hint = near === null ? 'Use quotes to search for it in names.' : `Did you mean ${near}?`
  const problem = { start: key.start, end: key.end, message: `Runs have no ${key.text}. ${hint}`, suggestion: near }
  return { ...word, key: null, negated: false, problems: [problem], matches: () => true }
}

function finished(word: Word, term: { key: string | null; negated: boolean; readings: (Condition | QueryProblem)[] }) {
  const { key, negated, readings } = term
  const any = readings.filter((reading): reading is Condition => !isProblem(reading))
  return {
    ...word,
    key,
    negated,
    problems: readings.filter(isProblem),
    matches: ((run, context) => any.some((matches) => matches(run, context)) !== negated) satisfies Condition,
  }
}

const isProblem = (reading: Condition | QueryProblem): reading is QueryProblem => typeof reading === 'object'

/** Predicate of one entry of a key's list. `none`: runs without a value. */
function conditionOf(key: string, field: Field, entry: Word): Condition | QueryProblem {
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

const wordPattern = /(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/g
const entryPattern = /(?:"(?:[^"\\]|\\.)*"?|[^,"])+|(?<=,)(?=,|$)|^(?=,|$)/g

const found = (text: string, pattern: RegExp, offset: number): Word[] =>
  [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
    text: match,
    start: offset + index,
    end: offset + index + match.length,
  }))

export const wordsOf = (text: string): Word[] => found(text, wordPattern, 0)

/** The entries of a list with commas, which quotes protect. An empty text is one empty entry. */
export const entriesOf = ({ text, start }: Word): Word[] => found(text, entryPattern, start)

/** What a word means once its quotes are gone; a quote that was not closed ends with the word. */
function unquoted(text: string): string {
  const inside = (quoted: string) => quoted.replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1')
  return text.replaceAll(/"(?:[^"\\]|\\.)*"?/g, inside)
}

/** A text as one value of a query: in quotes where it would otherwise mean something else. */
export function quoted(text: string): string {
  return /^[^\s",:<>=\\-][^\s",<>=:\\]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
