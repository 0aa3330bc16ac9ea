import { parseQuery, wordsOf } from './parse-query.ts'

/** A query while it is edited: words that are done stand as chips, the rest is still being written. */
export interface Draft {
  chips: readonly string[]
  text: string
}

/** The state of a query when its editing begins. */
export const draftOf = (query: string): Draft => committed({ chips: [], text: query })

/** Every word with a key as a chip, parts of names as text. */
export function committed({ chips, text }: Draft): Draft {
  const words = wordsOf(text).map((word) => word.text)
  return { chips: [...chips, ...words.filter(isChip)], text: words.filter((word) => !isChip(word)).join(' ') }
}

/** As `committed`, but a word that nothing follows yet stays text. */
export function settled({ chips, text }: Draft): Draft {
  const finished = wordsOf(text).filter(({ text: word, end }) => /\s/.test(text.charAt(end)) && isChip(word))
  const left = finished.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end).trimStart(), text)
  return { chips: [...chips, ...finished.map((word) => word.text)], text: left }
}

/** The last chip as text again, for correction. */
export function lastTakenBack({ chips, text }: Draft): Draft {
  return { chips: chips.slice(0, -1), text: [chips.at(-1) ?? '', text].filter((part) => part !== '').join(' ') }
}

/** The query of a draft, without a last word that is still being typed and not valid yet. */
export function queryOf(
  { chips, text }: Draft,
  { typing, regimes }: { typing: boolean; regimes?: readonly string[] },
): string {
  const words = wordsOf(text)
  const last = words.at(-1)
  const unfinished = typing && last !== undefined && last.end === text.length && isWrong(last.text, regimes)
  return [...chips, ...words.slice(0, unfinished ? -1 : undefined).map((word) => word.text)].join(' ')
}

const isWrong = (word: string, regimes?: readonly string[]) => parseQuery(word, regimes).problems.length > 0
const isChip = (word: string) => isWrong(word) || parseQuery(word).terms[0]?.key !== null
