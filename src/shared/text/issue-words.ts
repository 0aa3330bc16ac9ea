import { z } from 'zod'
import { keyName, type Problem } from '../basics/error.ts'
import { nearestWord } from './nearest-word.ts'
import { chooseBranch } from '../basics/union-issues.ts'
import { describeGot } from './value-words.ts'

type RawIssue = z.core.$ZodRawIssue

/**
 * What schemas say, wherever a value is checked: what is expected, and what was found. Zod's own words ("Too small: expected number to
 * be >=0") are for programmers.
 */
z.config({ localeError: messageOf })

/** Problems of a value that a schema refuses, each with its place. */
export const problemsOf = ({ issues }: Pick<z.ZodError, 'issues'>): Problem[] =>
  issues.flatMap((issue) => chooseBranch(issue)).map(({ path, message }) => ({ path: path.map(keyOf), message }))

/** The same in one sentence without an end: `budgets[1]: expected a number; got "x"`. `whole`: what the value is. */
export const problemsInWords = (error: Pick<z.ZodError, 'issues'>, whole: string): string =>
  problemsOf(error)
    .map(({ path, message }) => `${keyName(path) || whole}: ${message}`)
    .join('; ')

const keyOf = (part: PropertyKey): string | number => (typeof part === 'symbol' ? String(part) : part)

function messageOf(issue: RawIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.join(', ')}`
  const expected = `expected ${expectedBy(issue)}`
  const value = foundBy(issue)
  return value === undefined
    ? `missing; ${expected}`
    : `${expected}; got ${gotBy(issue, value)}${hintFor(issue, value)}`
}

/** Where a union is told by a key of a mapping, that key. */
const foundBy = (issue: RawIssue): unknown =>
  issue.code === 'invalid_union' && issue.discriminator !== undefined
    ? (issue.input as Record<string, unknown> | null)?.[issue.discriminator]
    : issue.input

function gotBy({ code }: RawIssue, value: unknown): string {
  const isSized = code === 'too_big' || code === 'too_small'
  if (isSized && Array.isArray(value) && value.length > 0) return `${value.length} items`
  if (isSized && typeof value === 'string' && value.length > longest) return `${value.length} characters`
  return describeGot(value)
}

/** Of a text that is shown whole. */
const longest = 50

function hintFor(issue: RawIssue, value: unknown): string {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return ''
  const nearest = nearestWord(value, issue.values.map(String))
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

function expectedBy(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return sized(issue, issue.minimum, issue.inclusive ? 'from' : 'above', 'at least')
    case 'too_big':
      return sized(issue, issue.maximum, issue.inclusive ? 'up to' : 'below', 'at most')
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_format':
      return issue.pattern === undefined ? `text that is a ${issue.format}` : `text of the form ${issue.pattern}`
    case 'invalid_union':
      return alternativesOf(issue)
    case 'invalid_key':
      return 'another key'
    default:
      return 'another value'
  }
}

const types: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing',
}

/** `a number from 0`, `a list of at least 2 items`, `text that is not empty` */
function sized(
  { origin, exact }: { origin: string; exact?: boolean | undefined },
  limit: number | bigint,
  ofNumber: string,
  ofSize: string,
): string {
  if (!(origin in units)) return `a number ${ofNumber} ${limit}`
  const { noun, unit } = units[origin as keyof typeof units]
  if (limit === 1 && ofSize === 'at least') return `${noun} that is not empty`
  return `${noun} of ${exact ? '' : `${ofSize} `}${limit} ${limit === 1 ? unit.slice(0, -1) : unit}`
}

const units = {
  string: { noun: 'text', unit: 'characters' },
  array: { noun: 'a list', unit: 'items' },
  set: { noun: 'a list', unit: 'items' },
}

/** What each kind of a union expects of the whole value. */
function alternativesOf(issue: Extract<RawIssue, { code: 'invalid_union' }>): string {
  if (Array.isArray(issue.options)) return `one of ${issue.options.map(String).join(', ')}`
  const words = issue.errors.flatMap((branch) => {
    const own = branch.find(({ path }) => path.length === 0)
    const found = own && /^(?:missing; )?expected (.*?)(?:; got .*)?$/s.exec(own.message)
    return found ? [found[1]!] : []
  })
  return words.length === 0 ? 'another value' : [...new Set(words)].join(', or ')
}
