import { plural } from '../../../../shared/format/numbers.ts'
import { fieldKeys, fieldNamed, fieldOf, type Field } from './fields.ts'
import { entriesOf, partsOf, quoted, type Word, wordsOf } from './parse-query.ts'

/** Something that the stretch `start`…`end` of the query could become. */
export interface Suggestion {
  text: string
  meaning: string
  start: number
  end: number
  /** Whether the word is whole with it; a key still wants its value. */
  whole: boolean
}

/** What the runs at hand have. */
export interface Known {
  /** Keys beyond those that every run has, the likeliest first. `path`: its longer name. */
  keys(): readonly { key: string; path: string; meaning: string }[]
  /** Values of a key, with how many runs have them. */
  values(key: string): readonly { value: string; count: number }[]
}

const most = 8

/** Suggestions at a position of a query: keys, or values of the key at that position. */
export function suggestionsAt(text: string, caret: number, known: Known): Suggestion[] {
  const word = wordsOf(text).find(({ start, end }) => start < caret && caret <= end) ?? emptyAt(caret)
  const parts = partsOf(word)
  if (parts === null) return keysFor(word, known)
  const named = fieldNamed(parts.key.text)
  if (named === null) return keysFor({ ...parts.key, end: parts.key.end + parts.operator.length }, known)
  const entry = entriesOf(parts.rest).find(({ end }) => caret <= end) ?? emptyAt(caret)
  return valuesFor(named, entry, known).slice(0, most)
}

const emptyAt = (offset: number): Word => ({ text: '', start: offset, end: offset })

function keysFor({ text, start, end }: Word, known: Known): Suggestion[] {
  const typed = text.toLowerCase().replace(/^-/, '').replace(/\W+$/, '')
  const sign = text.startsWith('-') ? '-' : ''
  const own = fieldKeys.filter((key) => key.startsWith(typed)).map((key) => ({ key, meaning: fieldOf(key).meaning }))
  const begins = (name: string) => name.toLowerCase().startsWith(typed)
  const others = known
    .keys()
    .filter(({ key, path }) => begins(key) || begins(path) || begins(path.slice(path.lastIndexOf('.') + 1)))
  return [...own, ...others].map(({ key, meaning }) => ({ text: `${sign}${key}:`, meaning, start, end, whole: false }))
}

function valuesFor(
  { key, field }: { key: string; field: Field },
  { text, start, end }: Word,
  known: Known,
): Suggestion[] {
  if (field.kind === 'number' || field.kind === 'time') {
    return text === ''
      ? [{ text: field.example, meaning: `for example: ${field.meaning}`, start, end, whole: true }]
      : []
  }
  const typed = text.toLowerCase().replaceAll(/^=|"/g, '')
  const fitting = known.values(key).filter(({ value }) => value.toLowerCase().includes(typed))
  const early = ({ value }: { value: string }) => (value.toLowerCase().startsWith(typed) ? 0 : 1)
  return fitting
    .toSorted((a, b) => early(a) - early(b) || b.count - a.count)
    .map(({ value, count }) => ({
      text: quoted(value),
      meaning: plural(count, 'run'),
      start,
      end,
      whole: true,
    }))
}
