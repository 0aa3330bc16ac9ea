import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { Progress } from '../../../shared/phases/events.ts'
import type { RunStatus, RunSummary } from '../../../shared/runs/runs.ts'
import { count, plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { shownStatus } from '../../stores/shared-phases.ts'

const told: readonly (RunStatus | 'waiting')[] = ['running', 'paused', 'waiting', 'queued', 'failed']

/** Both queues in a few words: `1 running · 4 queued · 3 analyses to go`. */
export function queueWords(runs: Iterable<RunSummary>, analyses: Iterable<AnalysisSummary>): string {
  const counts = new Map<RunStatus | 'waiting', number>()
  for (const run of runs) counts.set(shownStatus(run), (counts.get(shownStatus(run)) ?? 0) + 1)
  const parts = told.filter((status) => counts.has(status)).map((status) => `${count(counts.get(status)!)} ${status}`)
  const toGo = [...analyses].filter(({ status }) => status === 'running' || status === 'queued').length
  if (toGo > 0) parts.push(`${plural(toGo, 'analysis', 'analyses')} to go`)
  return parts.length === 0 ? 'nothing queued' : parts.join(' · ')
}

/** When the first of the runs that train now is done; null while that is not known. One without a step left is being evaluated. */
export function nextDoneWords(progress: ReadonlyMap<string, Progress>): string | null {
  const known = [...progress.values()].flatMap(({ runSecondsLeftAtMost }) => runSecondsLeftAtMost ?? [])
  if (known.length === 0) return null
  const seconds = Math.min(...known)
  return seconds < 1 ? 'next run is being evaluated' : `next run done in at most ${duration(seconds)}`
}
