import type { SearchRecord } from '../../../shared/runs/search-record.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import type { Lineage, LineagePhase } from '../experiments/lineage.ts'
import { estimateWork } from '../experiments/estimate.ts'
import type { ResolvedExperiment } from '../experiments/resolve-experiment.ts'
import type { SearchServices } from './services.ts'
import { trainedSeconds } from './rung-runs.ts'
import { rungFile } from './rung-file.ts'
import type { Rung } from './rungs.ts'

/** The runs that a rung would have, and what they would take. */
export interface RungCosts {
  experiment: string
  epochs: number
  /** Seconds of training that candidates still need at most; phases that they share once. */
  seconds(candidates: readonly number[]): number
  /** Seconds that their phases have been trained already. */
  secondsBefore(candidates: readonly number[]): number
}

type SearchFile = Pick<SearchRow, 'file' | 'folder'>

export const inputOfRung = (
  { file, folder, source }: SearchFile & Pick<SearchRow, 'source'>,
  rung: Rung,
  place: number,
) => ({
  file: rungFile(file, rung, place),
  source: rung.divisor === 1 ? source : null,
  folder,
})

export async function costsOfRung(
  services: SearchServices,
  { pace, place, rung, ...asked }: SearchFile & { pace: SearchRecord['pace']; rung: Rung; place: number },
): Promise<RungCosts> {
  const { resolveExperiment } = await import('../experiments/resolve-experiment.ts')
  const input = inputOfRung({ ...asked, source: null }, rung, place)
  const { lineage } = await resolveExperiment(services, input, services)
  const runs = lineage.seeds.map((seed) => lineage.runsOf(seed))
  const phasesOf = (candidates: readonly number[]) =>
    new Map(
      runs.flatMap((ofSeed) =>
        candidates.flatMap((candidate) =>
          ofSeed[candidate]!.phases.map(
            (phase, index) => [phase.id, { phase, pace: pace[candidate]![index]! }] as const,
          ),
        ),
      ),
    )
  return {
    experiment: lineage.experimentId,
    epochs: input.file.training.epochs,
    seconds: (candidates) =>
      [...phasesOf(candidates).values()].reduce((sum, each) => sum + openSeconds(services.store, each), 0),
    secondsBefore: (candidates) => trainedSeconds(services.store, [...phasesOf(candidates).keys()]),
  }
}

function openSeconds(
  { phases }: Pick<Store, 'phases'>,
  { phase: { id, definition }, pace: [start, epoch] }: { phase: LineagePhase; pace: [number, number] },
): number {
  const known = phases.progress(id)
  return known?.status === 'done' ? 0 : start + (definition.training.epochs - (known?.epochs ?? 0)) * epoch
}

/** Seconds that each phase of each series takes to start, and for an epoch: calibrated on this machine. */
export async function paceOf(
  services: SearchServices,
  { lineage, variants, memory }: Pick<ResolvedExperiment, 'variants' | 'memory'> & { lineage: Lineage },
): Promise<SearchRecord['pace']> {
  const series = lineage.runsOf(lineage.seeds[0]!)
  const phases = [...new Set(series.flatMap((run) => run.phases.map(({ unseeded }) => unseeded)))]
  const work = phases.flatMap((phase) => [
    { phase, phases: 1, epochs: 0 },
    { phase, phases: 0, epochs: 1 },
  ])
  const demand = { runs: series.length, memoryBytes: memory.total }
  const { seconds } = await estimateWork(services, { variants, demand }, work)
  const pairs = phases.map((_, index): [number, number] => [seconds[2 * index]!, seconds[2 * index + 1]!])
  const pace = new Map(phases.map((phase, index) => [phase, pairs[index]!]))
  return series.map((run) => run.phases.map(({ unseeded }) => pace.get(unseeded)!))
}
