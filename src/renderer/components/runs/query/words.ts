/** A stretch of a query without white space outside of quotes; `start` and `end` are offsets in the query's text. */
export interface Word {
  text: string
  start: number
  end: number
}

const word = /(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/g
const listEntry = /(?:"(?:[^"\\]|\\.)*"?|[^,"])+|(?<=,)(?=,|$)|^(?=,|$)/g

const found = (text: string, pattern: RegExp, offset: number): Word[] =>
  [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
    text: match,
    start: offset + index,
    end: offset + index + match.length,
  }))

export const wordsOf = (text: string): Word[] => found(text, word, 0)

/** The entries of a list with commas, which quotes protect. An empty text is one empty entry. */
export const entriesOf = ({ text, start }: Word): Word[] => found(text, listEntry, start)

/** What a word means once its quotes are gone; a quote that was not closed ends with the word. */
export function unquoted(text: string): string {
  const inside = (quoted: string) => quoted.replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1')
  return text.replaceAll(/"(?:[^"\\]|\\.)*"?/g, inside)
}

/** A text as one value of a query: in quotes where it would otherwise mean something else. */
export function quoted(text: string): string {
  return /^[^\s",:<>=\\-][^\s",<>=:\\]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
