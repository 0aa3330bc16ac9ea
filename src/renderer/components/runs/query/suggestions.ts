import { plural } from '../../../format/numbers.ts'
import { fieldKeys, fieldOf, type FieldKey } from './fields.ts'
import { partsOf } from './parse-query.ts'
import { entriesOf, quoted, wordsOf, type Word } from './words.ts'

/** Something that the stretch `start`…`end` of the query could become. */
export interface Suggestion {
  text: string
  meaning: string
  start: number
  end: number
  /** Whether the word is whole with it; a key still wants its value. */
  whole: boolean
}

/** Values that the runs at hand have for a key, with how many runs have them. */
export type KnownValues = (key: FieldKey) => readonly { value: string; count: number }[]

const most = 8

/** What may follow at a place of a query: keys, or values of the key that stands there. */
export function suggestionsAt(text: string, caret: number, known: KnownValues): Suggestion[] {
  const word = wordsOf(text).find(({ start, end }) => start < caret && caret <= end) ?? emptyAt(caret)
  const parts = partsOf(word)
  if (parts === null) return keysFor(word)
  const key = parts.key.text.toLowerCase() as FieldKey
  if (!fieldKeys.includes(key)) return keysFor({ ...parts.key, end: parts.key.end + parts.operator.length })
  const entry = entriesOf(parts.rest).find(({ end }) => caret <= end) ?? emptyAt(caret)
  return valuesFor(key, entry, known).slice(0, most)
}

const emptyAt = (place: number): Word => ({ text: '', start: place, end: place })

function keysFor({ text, start, end }: Word): Suggestion[] {
  const typed = text.toLowerCase().replace(/^-/, '').replace(/\W+$/, '')
  const sign = text.startsWith('-') ? '-' : ''
  return fieldKeys
    .filter((key) => key.startsWith(typed))
    .map((key) => ({ text: `${sign}${key}:`, meaning: fieldOf(key).meaning, start, end, whole: false }))
}

function valuesFor(key: FieldKey, { text, start, end }: Word, known: KnownValues): Suggestion[] {
  const field = fieldOf(key)
  if (field.kind === 'number' || field.kind === 'time') {
    return text === ''
      ? [{ text: field.example, meaning: `for example: ${field.meaning}`, start, end, whole: true }]
      : []
  }
  const typed = text.toLowerCase().replaceAll(/^=|"/g, '')
  const fitting = known(key).filter(({ value }) => value.toLowerCase().includes(typed))
  const early = ({ value }: { value: string }) => (value.toLowerCase().startsWith(typed) ? 0 : 1)
  return fitting
    .toSorted((a, b) => early(a) - early(b) || b.count - a.count)
    .map(({ value, count }) => ({ text: quoted(value), meaning: plural(count, 'run'), start, end, whole: true }))
}
