import { ExitlabError } from '../basics/error.ts'

/** Something that a reference may mean: a run, or an experiment for all its runs. */
export interface Referent {
  kind: 'run' | 'experiment'
  id: string
  name: string
  /** Time when the run was queued, in milliseconds since 1970; for an experiment, that of its last run. */
  createdAt: number
  /** Of an experiment: whether all its runs are. */
  deleted: boolean
}

/** Meaning of a reference: none, one, or several that only an id distinguishes. */
interface Meaning<R extends Referent> {
  meant: readonly R[]
  /** Others with the same name, newest first. */
  older: readonly R[]
}

/**
 * What a reference means among some referents: an id comes before a name, a name before the beginning of an id. Of several
 * experiments that share a name, or several runs, the newest is meant; but never by guess a deleted one, as the wrong one
 * could be purged.
 */
export function meaningOf<R extends Referent>(reference: string, referents: readonly R[]): Meaning<R> {
  const exact = referents.filter(({ id }) => id === reference)
  if (exact.length > 0) return { meant: exact, older: [] }
  const named = referents.filter(({ name }) => name === reference)
  if (named.length > 0) return newestOf(named)
  return { meant: referents.filter(({ id }) => id.startsWith(reference)), older: [] }
}

function newestOf<R extends Referent>(named: readonly R[]): Meaning<R> {
  const kept = named.filter(({ deleted }) => !deleted).toSorted(newestFirst)
  const isOneKind = new Set(kept.map(({ kind }) => kind)).size === 1
  return isOneKind ? { meant: kept.slice(0, 1), older: kept.slice(1) } : { meant: named, older: [] }
}

function newestFirst(a: Referent, b: Referent): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)
}

/** The refusal of a reference that is the beginning of several ids. `what`: they are, such as `several searches`, with a line each. */
export function severalMeant(reference: string, what: string, lines: readonly string[]): ExitlabError {
  const list = lines.map((line) => `  ${line}`).join('\n')
  return new ExitlabError('conflict', `“${reference}” matches ${what}; give more of the id:\n${list}`)
}
