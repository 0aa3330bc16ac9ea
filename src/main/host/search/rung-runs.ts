import type { RungRecord, SearchRecord } from '../../../shared/runs/search-record.ts'
import { sum } from '../../../shared/statistics/statistics.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'

/** A candidate of a rung with its runs as they are now, in the order of seeds; without those that are purged. */
export interface Trained {
  candidate: number
  runs: RunRow[]
}

export function runsOfRung(
  store: Store,
  { experiment, entrants }: Pick<RungRecord, 'experiment' | 'entrants'>,
): Trained[] {
  const series = store.series.ofExperiment(experiment)
  const runs = store.runs.ofExperiment(experiment).toSorted((a, b) => a.seed - b.seed)
  return entrants.map(({ candidate }) => ({
    candidate,
    runs: runs.filter(({ seriesId }) => seriesId === series[candidate]?.id),
  }))
}

/** Runs of the rung that a search is in: what was trained in one that has ended is not trained further. */
export function currentRuns(store: Store, { rungs }: Pick<SearchRecord, 'rungs'>): RunRow[] {
  const rung = rungs.at(-1)
  return rung === undefined || rung.end !== null ? [] : runsOfRung(store, rung).flatMap(({ runs }) => runs)
}

/** Whether a run may still end otherwise than it has. */
const isOpen = ({ status, deletedAt }: RunRow): boolean =>
  deletedAt === null && ['queued', 'running', 'paused'].includes(status)

/** Ids of the runs that may still end otherwise than they have. */
export const idsOfOpen = (runs: readonly RunRow[]): string[] => runs.filter(isOpen).map(({ id }) => id)

/** What a rung has been trained so far: seconds of its epochs, those of phases that several runs share once. */
export function usedSeconds(store: Store, rung: RungRecord): number {
  if (rung.end !== null) return rung.end.usedSeconds
  const runs = runsOfRung(store, rung).flatMap((each) => each.runs)
  const phases = runs.flatMap(({ id }) => store.phases.chain(id)).map(({ id }) => id)
  return Math.max(0, trainedSeconds(store, phases) - rung.secondsBefore)
}

/** Seconds of all epochs of phases, each phase once. */
export function trainedSeconds(store: Store, phases: readonly string[]): number {
  return [...new Set(phases)].reduce((sum, id) => sum + store.epochs.seconds(id), 0)
}

/** How much longer rungs that have ended took than planned; at least 1. */
export function slownessOf(rungs: readonly RungRecord[]): number {
  const used = sum(rungs.map(({ end }) => end?.usedSeconds ?? 0))
  const planned = sum(rungs.map(({ plannedSeconds }) => plannedSeconds))
  return planned === 0 ? 1 : Math.max(1, used / planned)
}

/** Seconds of training of a search, all its trainings together. */
export const usedByAll = (store: Store, { rungs, spentSeconds = 0 }: SearchRecord): number =>
  rungs.reduce((sum, rung) => sum + usedSeconds(store, rung), spentSeconds)
