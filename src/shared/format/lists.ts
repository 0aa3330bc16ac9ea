import { count } from './numbers.ts'

/** The first items of a list of any length, and how many more there are: `a, b and 3 more`. */
export function firstOf(items: readonly string[], most: number, separator = ', '): string {
  const more = items.length - most
  return items.slice(0, most).join(separator) + (more > 0 ? ` and ${count(more)} more` : '')
}

const conjunction = new Intl.ListFormat('en-GB')
const disjunction = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** `a, b and c` */
export const listed = (items: Iterable<string>): string => conjunction.format(items)

/** `a, b or c` */
export const alternatives = (items: Iterable<string>): string => disjunction.format(items)
