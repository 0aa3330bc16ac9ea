import { ExitlabError } from '../../shared/error.ts'
import type { Store } from '../store/open.ts'
import type { RunRow } from '../store/runs.ts'
import { nearestWord } from '../../shared/nearest-word.ts'

/** Which runs a reference may mean: those that are there, those that were deleted, or both. */
export type Scope = 'kept' | 'deleted' | 'any'

/**
 * The runs that references mean, each once, in queue order: a run by its id, its name or the beginning of its id; an
 * experiment by the same for all its runs. A name comes before the beginning of an id; of several experiments that bear it
 * the newest is meant, except among deleted runs, where the wrong one could be lost.
 * @throws ExitlabError `not-found` with the nearest name, or `conflict` where it could mean several.
 */
export function resolveRuns(store: Store, references: readonly string[], scope: Scope = 'kept'): RunRow[] {
  return resolveInTurn(store, references, scope).sort((a, b) => a.position - b.position)
}

/** As `resolveRuns`, in the order of the references; those of an experiment in queue order. */
export function resolveInTurn(store: Store, references: readonly string[], scope: Scope = 'kept'): RunRow[] {
  const found = new Map(references.flatMap((each) => resolve(store, each, scope)).map((run) => [run.id, run]))
  return [...found.values()]
}

/** The one run that a reference means. @throws as `resolveRuns`, and `usage` where it means an experiment of several. */
export function resolveRun(store: Store, reference: string, scope: Scope = 'kept'): RunRow {
  const runs = resolve(store, reference, scope)
  if (runs.length === 1) return runs[0]!
  const list = runs.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new ExitlabError('usage', `“${reference}” means ${runs.length} runs; name one of them:\n${list}`)
}

/** One thing that a reference may mean. */
interface Meaning {
  kind: 'run' | 'experiment'
  id: string
  name: string
  createdAt: number
  runs: RunRow[]
}

function resolve(store: Store, reference: string, scope: Scope): RunRow[] {
  // The window names runs by their ids, thousands at once: nothing else has to be looked through for them.
  const own = store.runs.get(reference)
  if (own !== null && inScope(own, scope)) return [own]
  const meanings = meaningsOf(store, reference, scope)
  const exact = meanings.filter(({ id }) => id === reference)
  const named = meanings.filter(({ name }) => name === reference)
  const meant = [exact, named, meanings].find((each) => each.length > 0) ?? []
  if (meant.length === 1 || (meant === named && scope === 'kept' && allExperiments(named))) return meant[0]!.runs
  if (meant.length > 1) throw ambiguous(reference, meant)
  throw unknown(store, reference, scope)
}

/** Experiments newest first. */
function meaningsOf(store: Store, reference: string, scope: Scope): Meaning[] {
  const runs = store.runs.find(reference).map((run): Meaning => ({ ...run, kind: 'run', runs: [run] }))
  const experiments = store.experiments.find(reference).map((id): Meaning => {
    const { name, createdAt } = store.experiments.get(id)!
    return { kind: 'experiment', id, name, createdAt, runs: store.runs.ofExperiment(id) }
  })
  return [...runs, ...experiments]
    .map((meaning) => ({ ...meaning, runs: meaning.runs.filter((run) => inScope(run, scope)) }))
    .filter((meaning) => meaning.runs.length > 0)
}

function allExperiments(meanings: readonly Meaning[]): boolean {
  return meanings.every(({ kind }) => kind === 'experiment')
}

function inScope({ deletedAt }: RunRow, scope: Scope): boolean {
  return scope === 'any' || (deletedAt !== null) === (scope === 'deleted')
}

function ambiguous(reference: string, meanings: readonly Meaning[]): ExitlabError {
  const list = meanings.map(({ kind, id, name, createdAt, runs }) => {
    const count = kind === 'run' ? '' : runs.length === 1 ? ', 1 run' : `, ${runs.length} runs`
    return `  ${id}  ${kind} ${name}${count}, of ${new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  })
  return new ExitlabError('conflict', `“${reference}” could mean any of these; give an id:\n${list.join('\n')}`)
}

function unknown(store: Store, reference: string, scope: Scope): ExitlabError {
  if (scope !== 'any' && meaningsOf(store, reference, 'any').length > 0) {
    const state = scope === 'kept' ? `is deleted; \`exitlab restore ${reference}\` brings it back` : 'is not deleted'
    return new ExitlabError('not-found', `“${reference}” ${state}.`)
  }
  const kept = store.summaries.all().filter(({ deleted }) => scope === 'any' || deleted === (scope === 'deleted'))
  const names = new Set(kept.flatMap(({ name, experiment }) => [experiment, name]))
  const nearest = nearestWord(reference, [...names])
  const hint = nearest === undefined ? '`exitlab list` shows what there is.' : `Did you mean “${nearest}”?`
  const what = scope === 'deleted' ? 'deleted run or experiment' : 'run or experiment'
  return new ExitlabError('not-found', `There is no ${what} “${reference}” in this workspace. ${hint}`)
}
