import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { type ExperimentFile, seriesFiles } from '../../../contract/experiment/experiment.ts'
import { experimentIdentity } from '../../../contract/experiment/identity.ts'
import { isPaperRegime, type PaperRegime } from '../../../shared/methods/regime-names.ts'
import type { RunStatus } from '../../../shared/runs/runs.ts'
import type { SweptSettings } from '../../../shared/experiment/series.ts'
import type { ExperimentRow } from '../../store/experiments.ts'
import type { Store } from '../../store/open.ts'

/** A run that an experiment file describes. */
export interface PaperRun {
  /** Null where the workspace does not have it. */
  id: string | null
  regime: PaperRegime
  settings: SweptSettings
  /** Place of the settings among the combinations of swept values. */
  combination: number
  seed: number
  status: RunStatus | 'missing'
}

/** The experiment of a file in the workspace. */
export interface FoundExperiment {
  id: string | null
  runs: PaperRun[]
}

/** Experiments of the workspace by everything in their files but what does not change what is trained: their names, and where data and weights lie. */
export type KnownExperiments = ReadonlyMap<string, readonly ExperimentRow[]>

export function knownExperiments(store: Store): KnownExperiments {
  return Map.groupBy(store.experiments.all(), ({ file }) => contentOf(file))
}

function contentOf(file: ExperimentFile): string {
  return canonicalJson(experimentIdentity({ file: { ...file, name: '' }, network: [], dataset: '' }))
}

/** The runs that a file describes, with what the workspace has of them, whatever the name of its experiment. */
export function findExperiment(store: Store, known: KnownExperiments, file: ExperimentFile): FoundExperiment {
  const rows = known.get(contentOf(file)) ?? []
  const candidates = rows.map(({ id, name }) => {
    const runs = runsOf(store, id, file)
    const done = runs.filter(({ status }) => status === 'done').length
    return { id, runs, rank: done + (name === file.name ? 0.5 : 0) }
  })
  const [best] = candidates.toSorted((a, b) => b.rank - a.rank)
  return best ? { id: best.id, runs: best.runs } : { id: null, runs: described(file) }
}

/** Seed by seed, combination by combination. */
function described(file: ExperimentFile): PaperRun[] {
  const combinations = seriesFiles(file)
  const regimes = file.regimes.filter((regime) => typeof regime === 'string').filter(isPaperRegime)
  return file.seeds.flatMap((seed) =>
    combinations.flatMap(({ settings }, combination) =>
      regimes.map((regime) => ({ id: null, regime, settings, combination, seed, status: 'missing' as const })),
    ),
  )
}

function runsOf(store: Store, experimentId: string, file: ExperimentFile): PaperRun[] {
  const rows = store.runs.ofExperiment(experimentId).filter(({ deletedAt }) => deletedAt === null)
  const series = new Map([...new Set(rows.map(({ seriesId }) => seriesId))].map((id) => [id, store.series.get(id)]))
  const keyOf = (regime: string, settings: SweptSettings, seed: number) => canonicalJson([regime, settings, seed])
  const statuses = new Map(store.summaries.of(rows.map(({ id }) => id)).map(({ id, status }) => [id, status]))
  const byKey = new Map(rows.map((row) => [keyOf(row.regime, series.get(row.seriesId)!.settings, row.seed), row.id]))
  return described(file).map((run) => {
    const id = byKey.get(keyOf(run.regime, run.settings, run.seed))
    return id === undefined ? run : { ...run, id, status: statuses.get(id)! }
  })
}
