import { regimePlace } from '../../../shared/methods/regime-names.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { when } from '../../../shared/format/times.ts'

export interface AnalysedExperiment {
  id: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
}

/** Experiments with at least one run that is done, the newest first. */
export function experimentsWithResults(runs: readonly RunSummary[]): AnalysedExperiment[] {
  const experiments = new Map<string, AnalysedExperiment>()
  for (const { status, experimentId: id, experiment: name, createdAt } of runs) {
    if (status !== 'done') continue
    const known = experiments.get(id)
    if (known === undefined || known.createdAt < createdAt) experiments.set(id, { id, name, createdAt })
  }
  return [...experiments.values()].sort((a, b) => b.createdAt - a.createdAt)
}

/** Names of experiments by their ids, with the time of each that shares its name. */
export function distinctNames(experiments: readonly AnalysedExperiment[]): Map<string, string> {
  const namesakes = Map.groupBy(experiments, ({ name }) => name)
  const nameOf = ({ name, createdAt }: AnalysedExperiment) =>
    namesakes.get(name)!.length === 1 ? name : `${name} (${when(createdAt)})`
  return new Map(experiments.map((experiment) => [experiment.id, nameOf(experiment)]))
}

/** Runs by regime, in the order in which regimes are listed, then by seed. */
export function byRegimeAndSeed(runs: readonly RunSummary[]): RunSummary[] {
  return runs.toSorted((a, b) => regimePlace(a.regime) - regimePlace(b.regime) || a.seed - b.seed)
}

/** Regimes and seeds that occur, each once, in order. */
export function regimesOf(runs: readonly RunSummary[]): string[] {
  return [...new Set(byRegimeAndSeed(runs).map(({ regime }) => regime))]
}

export function seedsOf(runs: readonly RunSummary[]): number[] {
  return [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b)
}
