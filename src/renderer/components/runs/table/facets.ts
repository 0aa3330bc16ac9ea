import { firstOf } from '../../../../shared/format/lists.ts'
import type { RunStatus, RunSummary } from '../../../../shared/runs/runs.ts'
import { settingPaths } from '../../../../shared/experiment/setting-paths.ts'
import type { SettingPath } from '../../../../shared/experiment/setting-paths.ts'
import type { RunsContext } from '../run-metrics.ts'
import { settingOf, settingValues, type SettingsCombination } from '../settings/run-settings.ts'
import { settingText } from '../settings/setting-differences.ts'

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
    heads = Math.max(heads, (run.scores?.validation.length ?? 1) - 1)
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

/** A setting, and what runs have for it. */
export interface SettingFacet {
  path: SettingPath
  /** The commonest first. */
  values: readonly { value: string; count: number }[]
  /** Whether runs differ in it. */
  differs: boolean
}

/** Every setting that a run has, those in which runs differ first, each in the order of the experiment file. */
export function settingFacets(
  combinations: readonly SettingsCombination[],
  known: Pick<RunsContext, 'settings'>,
): SettingFacet[] {
  const facets = (Object.keys(settingPaths) as SettingPath[]).map((path) => facetOf(path, combinations, known))
  const had = facets.filter(({ values }) => values.length > 0)
  return [...had.filter(({ differs }) => differs), ...had.filter(({ differs }) => !differs)]
}

function facetOf(
  path: SettingPath,
  combinations: readonly SettingsCombination[],
  known: Pick<RunsContext, 'settings'>,
): SettingFacet {
  const counts = new Map<string, number>()
  const ofRuns = new Set<string>()
  for (const { run, count } of combinations) {
    ofRuns.add(settingText(settingOf(run, path, known)))
    for (const value of settingValues(run, path, known)) {
      const text = settingText(value)
      if (value !== null) counts.set(text, (counts.get(text) ?? 0) + count)
    }
  }
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  return { path, values, differs: ofRuns.size > 1 }
}

/** `0.001, 0.0003, 0.0001 and 2 more` */
export function valuesInWords({ values }: SettingFacet): string {
  return firstOf(
    values.map(({ value }) => value),
    3,
  )
}
