import type { RunStatus, RunSummary } from '../../../../shared/runs.ts'

/** What there is among all runs, and how often. */
export interface Facets {
  total: number
  statuses: ReadonlyMap<RunStatus, number>
  /** Newest first. Two experiments may have one name. */
  experiments: readonly { id: string; name: string; count: number; createdAt: number }[]
  tags: readonly { value: string; count: number }[]
  regimes: readonly { value: string; count: number }[]
  /** Of the network that has most, beside its final classifier. */
  heads: number
}

export function facetsOf(runs: Iterable<RunSummary>): Facets {
  const statuses = new Map<RunStatus, number>()
  const tags = new Map<string, number>()
  const regimes = new Map<string, number>()
  const experiments = new Map<string, { id: string; name: string; count: number; createdAt: number }>()
  let [total, heads] = [0, 0]
  for (const run of runs) {
    total++
    heads = Math.max(heads, (run.accuracies?.validation.length ?? 1) - 1)
    increase(statuses, run.status)
    increase(regimes, run.regime)
    for (const tag of run.tags) increase(tags, tag)
    const known = experiments.get(run.experimentId)
    if (known) known.count++
    else
      experiments.set(run.experimentId, {
        id: run.experimentId,
        name: run.experiment,
        count: 1,
        createdAt: run.createdAt,
      })
  }
  return {
    total,
    heads,
    statuses,
    experiments: [...experiments.values()].sort((a, b) => b.createdAt - a.createdAt),
    tags: listed(tags).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value)),
    regimes: listed(regimes),
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const listed = (counts: ReadonlyMap<string, number>) => [...counts].map(([value, count]) => ({ value, count }))

/** What the runs have for a key, for suggestions while a query is typed. */
export function knownValues(facets: Facets, key: string): readonly { value: string; count: number }[] {
  if (key === 'regime') return facets.regimes
  if (key === 'tag') return facets.tags
  if (key === 'status') return listed(facets.statuses)
  return key === 'experiment' ? facets.experiments.map(({ name, count }) => ({ value: name, count })) : []
}
