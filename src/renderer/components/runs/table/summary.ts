import type { MeanStd } from '../../../../shared/evaluation/evaluation.ts'
import type { RunStatus, RunSummary } from '../../../../shared/runs/runs.ts'
import { meanStd } from '../../../../shared/statistics/statistics.ts'
import {
  isTestClosed,
  scoreAt,
  seriesOf,
  validationScores,
  type ScoreKey,
  type ExitScore,
  type RunsContext,
} from '../run-metrics.ts'

/** Runs of a group that means include: done runs, or all with a value. */
export type MeansOver = 'done' | 'all'

/** A mean with the number of runs behind it. */
export type GroupMean = MeanStd & { n: number }

/** Mean and deviation of the primary metric at an exit. */
type ExitMean = MeanStd & Pick<ExitScore, 'exit'>

export interface SummaryOptions {
  over: MeansOver
  context: Pick<RunsContext, 'settings'>
}

/** What a group of runs comes to. The primary metric has a mean where the runs are seeds of one series. */
export interface Summary {
  runs: number
  counts: Readonly<Record<RunStatus, number>>
  /** Whether its runs are seeds of one series. */
  series: boolean
  /** Of the first run. */
  task: RunSummary['task']
  /** null where no run has the value. */
  score(exitKey: ScoreKey): GroupMean | null
  /** Whether test values of one are closed. */
  isTestClosed: boolean
  /** The primary metric of each exit on validation samples; empty where not all runs have evaluated the same ones. */
  exits: readonly ExitMean[]
  imagesPerSecond: number | null
}

export function summaryOf(runs: readonly RunSummary[], { over, context }: SummaryOptions): Summary {
  const series = new Set(runs.map((run) => seriesOf(run, context))).size === 1
  const counted = countedRuns(runs, over)
  return {
    runs: runs.length,
    counts: countsOf(runs),
    series,
    task: runs[0]?.task,
    score: (exitKey) => (series ? meanOf(counted, (run) => scoreAt(run, exitKey)) : null),
    isTestClosed: runs.some(isTestClosed),
    exits: series ? exitMeans(counted) : [],
    imagesPerSecond: meanOf(counted, (run) => run.latest?.imagesPerSecond ?? null)?.mean ?? null,
  }
}

export const countedRuns = (runs: readonly RunSummary[], over: MeansOver): readonly RunSummary[] =>
  over === 'done' ? runs.filter(({ status }) => status === 'done') : runs

/** Mean and unbiased standard deviation of the values there are. */
function meanOf(runs: readonly RunSummary[], valueOf: (run: RunSummary) => number | null): GroupMean | null {
  const values = runs.map(valueOf).filter((value) => value !== null)
  return values.length === 0 ? null : { ...meanStd(values), n: values.length }
}

function countsOf(runs: readonly RunSummary[]): Record<RunStatus, number> {
  const counts = { queued: 0, running: 0, paused: 0, stopped: 0, done: 0, failed: 0 }
  for (const { status } of runs) counts[status]++
  return counts
}

function exitMeans(runs: readonly RunSummary[]): ExitMean[] {
  const ofRuns = runs.map(validationScores).filter(({ length }) => length > 0)
  const exits = ofRuns[0]?.map(({ exit }) => exit) ?? []
  const differs = (of: readonly ExitScore[]) =>
    of.length !== exits.length || of.some(({ exit }, index) => exit !== exits[index])
  if (ofRuns.some(differs)) return []
  return exits.map((exit, index) => ({ exit, ...meanStd(ofRuns.map((of) => of[index]!.value)) }))
}
