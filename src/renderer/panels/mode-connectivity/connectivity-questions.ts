import type {
  ModeConnectivity,
  ModeConnectivityParameters,
} from '../../../readings/analyses/mode-connectivity/schema.ts'
import { mainRegimes } from '../../../shared/methods/regime-names.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import type { ResultsQuestion } from '../../composables/analyses/use-analysis-results.ts'

/** Regimes whose pairs are shown by default: those of the paper if all of them exist, else all. */
export function defaultRegimes(all: string[]): string[] {
  return mainRegimes.every((regime) => all.includes(regime)) ? [...mainRegimes] : all
}

/** Every pair of the runs of each seed; of runs that were chosen by hand, every pair. */
export function connectivityQuestions(
  runs: readonly RunSummary[],
  { byHand, parameters }: { byHand: boolean; parameters: Partial<ModeConnectivityParameters> },
): ResultsQuestion<ModeConnectivity>[] {
  const sets = byHand ? [runs] : [...Map.groupBy(runs, ({ seed }) => seed).values()]
  return sets
    .filter((set) => set.length > 1)
    .map((set) => ({ kind: 'mode-connectivity', runs: set.map(({ id }) => id), parameters }))
}

/** Common phases of two runs: `shared phase 1`, or `trained apart`. */
export function commonPhases(first: RunSummary, second: RunSummary): string {
  const ids = new Set(second.phases.map(({ id }) => id))
  const shared = first.phases.flatMap(({ id }, index) => (ids.has(id) ? [index + 1] : []))
  if (shared.length === 0) return 'trained apart'
  return shared.length === 1 ? `shared phase ${shared[0]}` : `shared phases ${shared[0]}–${shared.at(-1)}`
}
