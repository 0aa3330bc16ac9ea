import type { RunSummary } from '../../../shared/runs.ts'

/** The runs that references stand for. */
export interface ComparedRuns {
  done: RunSummary[]
  /** Those without a result so far. */
  waiting: RunSummary[]
  /** References that fit no run and no experiment. */
  unknown: string[]
}

/** Sorts what references name: runs and experiments by id, name, or an id cut short. */
export function comparedRuns(references: readonly string[], runs: readonly RunSummary[]): ComparedRuns {
  const named = references.map((reference) => ({ reference, runs: runsNamed(reference, runs) }))
  const chosen = [...new Set(named.flatMap((each) => each.runs))]
  return {
    done: chosen.filter(({ status }) => status === 'done'),
    waiting: chosen.filter(({ status }) => status !== 'done'),
    unknown: named.flatMap(({ reference, runs: found }) => (found.length === 0 ? [reference] : [])),
  }
}

/** Id of the experiment that was made last among those with a result; null where there is none. */
export function newestExperiment(runs: readonly RunSummary[]): string | null {
  const done = runs.filter(({ status }) => status === 'done')
  const newest = done.reduce<RunSummary | null>((a, b) => (a === null || b.createdAt > a.createdAt ? b : a), null)
  return newest?.experimentId ?? null
}

/** The shortest references to a set of runs: an experiment whose runs are all chosen stands for them, and for those to come. */
export function referencesTo(chosen: ReadonlySet<string>, runs: readonly RunSummary[]): string[] {
  const byExperiment = Map.groupBy(runs, ({ experimentId }) => experimentId)
  return [...byExperiment].flatMap(([experimentId, members]) => {
    const ids = members.map(({ id }) => id).filter((id) => chosen.has(id))
    return ids.length === members.length ? [experimentId] : ids
  })
}

function runsNamed(reference: string, runs: readonly RunSummary[]): RunSummary[] {
  const exact = runs.filter(({ id, experimentId, name, experiment }) =>
    [id, experimentId, name, experiment].includes(reference),
  )
  if (exact.length > 0) return exact
  const short = runs.filter(({ id, experimentId }) => id.startsWith(reference) || experimentId.startsWith(reference))
  const owners = new Set(short.map(({ id, experimentId }) => (id.startsWith(reference) ? id : experimentId)))
  return owners.size === 1 ? short : []
}
