import type { SharedName } from '../../../contract/runs.ts'
import { distinctBy } from '../../../shared/basics/distinct.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { utcMinute } from '../../../shared/format/times.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { largest } from '../../../shared/statistics/statistics.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import { meaningOf, type Referent } from '../../../shared/runs/references.ts'

/** Runs to which a reference may refer: existing, deleted, or both. */
type Scope = 'kept' | 'deleted' | 'any'

/**
 * The runs that references mean, each once, in queue order: a run by its id, its name or the beginning of its id; an
 * experiment by the same for all its runs. What shares a name is told apart as `meaningOf` says.
 * @throws ExitlabError `not-found` with the nearest name, or `conflict` where it could mean several.
 */
export function resolveRuns(store: Store, references: readonly string[], scope: Scope = 'kept'): RunRow[] {
  return resolveInTurn(store, references, scope).sort((a, b) => a.position - b.position)
}

/** As `resolveRuns`, in the order of the references; runs of an experiment in queue order. */
export function resolveInTurn(store: Store, references: readonly string[], scope: Scope = 'kept'): RunRow[] {
  return distinctBy(
    [...new Set(references)].flatMap((each) => resolve(store, each, scope)),
    ({ id }) => id,
  )
}

/** The one run that a reference means. @throws as `resolveRuns`, and `conflict` where it means an experiment of several. */
export function resolveRun(store: Store, reference: string, scope: Scope = 'kept'): RunRow {
  const runs = resolve(store, reference, scope)
  if (runs.length === 1) return runs[0]!
  const list = runs.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new ExitlabError('conflict', `“${reference}” matches ${runs.length} runs; choose one:\n${list}`)
}

/** Names among the references that several experiments or runs share, with the one that is meant and the older ones. */
export function sharedNames(store: Store, references: readonly string[]): SharedName[] {
  return [...new Set(references)].flatMap((reference) => {
    const { meant, older } = meaningOf(reference, referentsOf(store, reference, 'kept'))
    if (older.length === 0) return []
    const { kind } = meant[0]!
    const [newest, ...others] = [...meant, ...older].map(({ id, createdAt }) => ({ id, createdAt }))
    return [{ reference, kind, meant: newest!, older: others }]
  })
}

/** Whether a reference means runs that are not deleted. */
export const namesRuns = (store: Store, reference: string): boolean => referentsOf(store, reference, 'kept').length > 0

interface Found extends Referent {
  /** Runs in the scope. */
  runs: RunRow[]
}

function resolve(store: Store, reference: string, scope: Scope): RunRow[] {
  // The window names runs by their ids, thousands at once: nothing else has to be looked through for them.
  const own = store.runs.get(reference)
  if (own !== null && inScope(own, scope)) return [own]
  const { meant } = meaningOf(reference, referentsOf(store, reference, scope))
  if (meant.length === 1) return meant[0]!.runs
  if (meant.length > 1) throw ambiguous(reference, meant)
  throw unknown(store, reference, scope)
}

function referentsOf(store: Store, reference: string, scope: Scope): Found[] {
  const found = (kind: Referent['kind'], { id, name }: { id: string; name: string }, all: RunRow[]): Found => {
    const runs = all.filter((run) => inScope(run, scope))
    const createdAt = largest(runs.map((run) => run.createdAt))
    return { kind, id, name, createdAt, deleted: runs.every(({ deletedAt }) => deletedAt !== null), runs }
  }
  return [
    ...store.runs.find(reference).map((run) => found('run', run, [run])),
    ...store.experiments
      .find(reference)
      .map((id) => found('experiment', { id, name: store.experiments.nameOf(id) }, store.runs.ofExperiment(id))),
  ].filter(({ runs }) => runs.length > 0)
}

function inScope({ deletedAt }: RunRow, scope: Scope): boolean {
  return scope === 'any' || (deletedAt !== null) === (scope === 'deleted')
}

function ambiguous(reference: string, meanings: readonly Found[]): ExitlabError {
  const list = meanings.map(({ kind, id, name, createdAt, runs }) => {
    const count = kind === 'run' ? '' : runs.length === 1 ? ', 1 run' : `, ${runs.length} runs`
    return `  ${id}  ${kind} ${name}${count}, of ${utcMinute(createdAt)}`
  })
  return new ExitlabError('conflict', `“${reference}” is ambiguous; give an id:\n${list.join('\n')}`)
}

function unknown(store: Store, reference: string, scope: Scope): ExitlabError {
  if (scope !== 'any' && referentsOf(store, reference, 'any').length > 0) {
    if (scope === 'deleted') return new ExitlabError('not-found', `“${reference}” is not deleted.`)
    return new ExitlabError('not-found', `“${reference}” is deleted. Restore it first.`, {
      command: ['restore', reference],
    })
  }
  const kept = store.summaries.all().filter(({ deleted }) => scope === 'any' || deleted === (scope === 'deleted'))
  const names = new Set(kept.flatMap(({ name, experiment }) => [experiment, name]))
  const nearest = nearestWord(reference, [...names])
  const hint = nearest === undefined ? '' : ` Did you mean “${nearest}”?`
  const fields = nearest === undefined ? { command: ['list', ...(scope === 'deleted' ? ['--deleted'] : [])] } : {}
  const what = scope === 'deleted' ? 'deleted run or experiment' : 'run or experiment'
  return new ExitlabError('not-found', `There is no ${what} “${reference}” in this workspace.${hint}`, fields)
}
