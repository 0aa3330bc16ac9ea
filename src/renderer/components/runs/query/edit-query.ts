import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { fieldOf, type FieldKey } from './fields.ts'
import { parseQuery, type QueryProblem, quoted } from './parse-query.ts'

/** A term that holds for exactly this value: `tag:paper`, `experiment:="two words"`. */
export function termFor(key: FieldKey, value: string): string {
  return `${key}:${fieldOf(key).kind === 'text' ? '=' : ''}${quoted(value)}`
}

/** The term for each experiment, by its id: its name, or its id where another one has the same name. */
export function experimentTerms(experiments: Iterable<{ id: string; name: string }>): Map<string, string> {
  const names = new Map([...experiments].map(({ id, name }) => [id, name]))
  const namesakes = Map.groupBy(names.values(), (name) => name)
  const valueOf = (id: string, name: string) => (namesakes.get(name)!.length === 1 ? name : id)
  return new Map([...names].map(([id, name]) => [id, termFor('experiment', valueOf(id, name))]))
}

export const experimentsOf = (runs: readonly RunSummary[]) =>
  runs.map(({ experimentId: id, experiment: name }) => ({ id, name }))

/** The query with one term in the place of all others of its key; null: without any. */
export function withTerm(text: string, key: FieldKey, term: string | null): string {
  const others = parseQuery(text).terms.filter((each) => each.key !== key)
  return [...others.map((each) => each.text), ...(term === null ? [] : [term])].join(' ')
}

export const hasTerm = (text: string, term: string): boolean =>
  parseQuery(text).terms.some((each) => each.text === term)

/** The query with a mistake replaced by its suggested correction. */
export function corrected(text: string, { start, end, suggestion }: QueryProblem): string {
  return suggestion === null ? text : text.slice(0, start) + suggestion + text.slice(end)
}
