import { regimeNames } from '../../../shared/regime-names.ts'
import type { RegimeName } from '../../../shared/phase.ts'
import type { RunSummary } from '../../../shared/runs.ts'

export interface AnalysedExperiment {
  id: string
  name: string
}

/** Experiments with at least one run that is done, the newest first. */
export function experimentsWithResults(runs: readonly RunSummary[]): AnalysedExperiment[] {
  const done = runs.filter(({ status }) => status === 'done').toSorted((a, b) => b.createdAt - a.createdAt)
  return [...new Map(done.map(({ experimentId: id, experiment: name }) => [id, { id, name }])).values()]
}

/** Runs by regime, in the order in which regimes are listed, then by seed. */
export function byRegimeAndSeed(runs: readonly RunSummary[]): RunSummary[] {
  const place = ({ regime }: RunSummary) => regimeNames.indexOf(regime)
  return runs.toSorted((a, b) => place(a) - place(b) || a.seed - b.seed)
}

/** Regimes and seeds that occur, each once, in order. */
export function regimesOf(runs: readonly RunSummary[]): RegimeName[] {
  return [...new Set(byRegimeAndSeed(runs).map(({ regime }) => regime))]
}

export function seedsOf(runs: readonly RunSummary[]): number[] {
  return [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b)
}
