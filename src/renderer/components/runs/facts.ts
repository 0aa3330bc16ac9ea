import type { Progress } from '../../../shared/events.ts'
import type { RunStatus, RunSummary } from '../../../shared/runs.ts'

/** What changes while a list of runs stays as it is. */
export interface Moment {
  /** Milliseconds since 1970. */
  nowMs: number
  /** Run id → where its training is. */
  progress: ReadonlyMap<string, Progress>
}

/** In the order a list shows them: what moves first. */
export const statuses = [
  'running',
  'queued',
  'paused',
  'failed',
  'stopped',
  'done',
] as const satisfies readonly RunStatus[]

/** Validation accuracy (0…1) of each exit: of the weights that were kept once the run is done, else of the last epoch. */
export function validationAccuracies(run: RunSummary): readonly number[] {
  return run.accuracies?.validation ?? run.latest?.accuracies ?? []
}

/** Validation accuracy (0…1) of the final exit. */
export const validationAccuracy = (run: RunSummary): number | null => validationAccuracies(run).at(-1) ?? null

/** Test accuracy (0…1) of the final exit, known once the run is done. */
export const testAccuracy = (run: RunSummary): number | null => run.accuracies?.test.at(-1) ?? null

/** Time until the last phase is at its epoch cap, at most; null for what does not run or where the pace is unknown. */
export function secondsLeftAtMost(run: RunSummary, { progress }: Moment): number | null {
  return run.status === 'running' ? (progress.get(run.id)?.runSecondsLeftAtMost ?? null) : null
}

/** Of the batch that is being trained, else of the last epoch. */
export function imagesPerSecond(run: RunSummary, { progress }: Moment): number | null {
  const live = run.status === 'running' ? progress.get(run.id)?.imagesPerSecond : undefined
  return live ?? run.latest?.imagesPerSecond ?? null
}

/** From the first start to the end, pauses included; of a run that goes on, until now. */
export function durationSeconds(run: RunSummary, { nowMs }: Moment): number | null {
  if (run.startedAt === null) return null
  const endMs = run.finishedAt ?? (run.status === 'running' ? nowMs : null)
  return endMs === null ? null : Math.max(0, endMs - run.startedAt) / 1000
}

/** Epochs completed over all phases of the run. */
export const epochsDone = (run: RunSummary): number | null => run.latest?.epoch ?? null
