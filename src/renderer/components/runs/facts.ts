import { exitAt, type ExitId } from '../../../shared/exit-id.ts'
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

/** Accuracy (0…1) of an exit. */
export interface ExitAccuracy {
  exit: ExitId
  accuracy: number
}

/**
 * Validation accuracies in depth order: of all exits with the weights that were kept once the run is done, else of the exits that
 * the last epoch evaluated.
 */
export function validationAccuracies({ accuracies, latest }: RunSummary): readonly ExitAccuracy[] {
  if (accuracies === null) return latest?.exits ?? []
  const heads = accuracies.validation.length - 1
  return accuracies.validation.map((accuracy, index) => ({ exit: exitAt(index, heads), accuracy }))
}

/** Validation accuracy (0…1) of the final exit; null as long as it has not been evaluated. */
export function validationAccuracy(run: RunSummary): number | null {
  return validationAccuracies(run).find(({ exit }) => exit === 'final')?.accuracy ?? null
}

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
