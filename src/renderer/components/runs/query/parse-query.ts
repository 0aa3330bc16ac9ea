import { nearestWord } from '../../../../shared/text/nearest-word.ts'
import { conditionOf, isProblem, type Condition, type QueryProblem } from './condition.ts'
import { fieldKeys, fieldNamed, fields } from './fields.ts'
import { settingKeys } from './setting-keys.ts'
import { entriesOf, wordsOf, type Word } from './words.ts'

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
