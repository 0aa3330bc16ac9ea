import { exitAt, exitIndex, type ExitId } from '../../../shared/evaluation/exit-id.ts'
import type { Progress } from '../../../shared/phases/events.ts'
import { mean } from '../../../shared/statistics/statistics.ts'
import { inUnit, withUnit, type Metric } from '../../../shared/methods/metric.ts'
import { primaryMetric, tasks } from '../../../shared/methods/task.ts'
import type { RunStatus, RunSummary } from '../../../shared/runs/runs.ts'
import type { ExperimentSettings } from '../../../shared/experiment/experiment-settings.ts'

/** Values beside the list of runs that change while the list does not. */
export interface RunsContext {
  /** Milliseconds since 1970. */
  nowMs: number
  /** Run id → where its training is. */
  progress: ReadonlyMap<string, Progress>
  /** Experiment id → its settings. */
  settings: ReadonlyMap<string, ExperimentSettings>
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

/** The task's primary metric at an exit. */
export interface ExitScore {
  exit: ExitId
  value: number
}

/**
 * Validation scores in depth order: of all exits with the weights that were kept once the run is done, else of the exits that
 * the last epoch evaluated.
 */
export function validationScores({ scores, latest }: RunSummary): readonly ExitScore[] {
  if (scores === null) return latest?.exits ?? []
  const heads = scores.validation.length - 1
  return scores.validation.map((value, index) => ({ exit: exitAt(index, heads), value }))
}

/** The primary metric of the final exit on validation samples; null as long as it has not been evaluated. */
export function validationScore(run: RunSummary): number | null {
  return scoreAt(run, { split: 'validation', exit: 'final' })
}

/** The primary metric of the final exit on test samples, known once the run is done. */
export const testScore = (run: RunSummary): number | null => run.scores?.test?.at(-1) ?? null

/** Whether its test values are those of a sweep that nobody has opened. */
export const isTestClosed = ({ scores }: RunSummary): boolean => scores?.test === null

/** Which value of the primary metric runs are compared by: at an exit, or the mean of all exits. */
export interface ScoreKey {
  split: 'validation' | 'test'
  exit: ExitId | 'mean'
}

/** What runs are told apart by first. The final exit alone hides what early exits are trained for. */
export const headline: ScoreKey = { split: 'validation', exit: 'mean' }

/** A value of the primary metric; null where it is not known, or the network does not have the exit. */
export function scoreAt(run: RunSummary, { split, exit }: ScoreKey): number | null {
  if (exit === 'mean') return meanOfExits(run, split)
  const { scores, latest } = run
  if (scores === null) {
    const exits = split === 'validation' ? latest?.exits : undefined
    return exits?.find((each) => each.exit === exit)?.value ?? null
  }
  const index = exitIndex(exit, scores.validation.length - 1)
  return index === null ? null : (scores[split]?.[index] ?? null)
}

/** Null while a phase trains that does not evaluate every exit. */
function meanOfExits({ scores, latest }: RunSummary, split: ScoreKey['split']): number | null {
  if (scores !== null) return scores[split] && mean(scores[split])
  const exits = split === 'validation' ? (latest?.exits ?? []) : []
  const isWhole = exits.length > 1 && exits.every(({ exit }, at) => exit === exitAt(at, exits.length - 1))
  return isWhole ? mean(exits.map(({ value }) => value)) : null
}

/** A value of the primary metric as people read and type it: accuracy in %; null where there is none. */
export function scoreInUnit(run: RunSummary, value: number | null): number | null {
  // 0.57 is 57 %, not the 56.99… of binary fractions.
  return value === null ? null : Number(inUnit(primaryMetric(run), value).toFixed(6))
}

/** `accuracy (%) or MSE`: what the primary metric of a run is. */
export const scoreWords = Object.values(tasks)
  .map(({ metrics, primary }) => (metrics as Record<string, Metric>)[primary]!)
  .map((metric) => withUnit(metric.noun, metric))
  .join(' or ')

/** Names the runs that are seeds of one series: one regime, with the same settings. */
export function seriesOf(run: RunSummary, { settings }: Pick<RunsContext, 'settings'>): string {
  const known = settings.get(run.experimentId)
  return `${run.regime} ${known === undefined ? `${run.experimentId} ${run.series}` : fingerprint(known, run.series)}`
}

const fingerprints = new WeakMap<ExperimentSettings, Map<string, string>>()

/** Of all that bears on what is trained. */
function fingerprint(settings: ExperimentSettings, series: string): string {
  const ofSeries = fingerprints.get(settings) ?? new Map<string, string>()
  fingerprints.set(settings, ofSeries)
  const known = ofSeries.get(series)
  if (known !== undefined) return known
  const all = Object.entries({ ...settings.common, ...settings.series[series] })
  const told = all.filter(([path]) => path !== 'data.path' && !path.startsWith('probes.'))
  const phases = settings.phases?.[series]?.written ?? ''
  const made = JSON.stringify(told.sort(([a], [b]) => (a < b ? -1 : 1))) + phases
  ofSeries.set(series, made)
  return made
}

/** Time until the last phase is at its maximum of epochs; null for what does not run or where the pace is unknown. */
export function secondsLeftAtMost(run: RunSummary, { progress }: Pick<RunsContext, 'progress'>): number | null {
  return run.status === 'running' ? (progress.get(run.id)?.runSecondsLeftAtMost ?? null) : null
}

/** Of the batch that is being trained, else of the last epoch. */
export function imagesPerSecond(run: RunSummary, { progress }: Pick<RunsContext, 'progress'>): number | null {
  const live = run.status === 'running' ? progress.get(run.id)?.imagesPerSecond : undefined
  return live ?? run.latest?.imagesPerSecond ?? null
}

/** From the first start to the end, pauses included; of an unfinished run, until now. */
export function durationSeconds(run: RunSummary, { nowMs }: Pick<RunsContext, 'nowMs'>): number | null {
  if (run.startedAt === null) return null
  const endMs = run.finishedAt ?? (run.status === 'running' ? nowMs : null)
  return endMs === null ? null : Math.max(0, endMs - run.startedAt) / 1000
}

/** Epochs completed over all phases of the run. */
export const epochsDone = (run: RunSummary): number | null => run.latest?.epoch ?? null
