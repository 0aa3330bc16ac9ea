import type { AnalysisSummary } from '../../../shared/analysis.ts'
import type { Progress } from '../../../shared/events.ts'
import type { RunStatus, RunSummary } from '../../../shared/runs.ts'
import { count } from '../../../shared/format/numbers.ts'
import { shownStatus } from '../../stores/shared-phases.ts'

const told: readonly (RunStatus | 'waiting')[] = ['running', 'paused', 'waiting', 'queued', 'failed']

/** Both queues in a few words: `1 running · 4 queued · 3 analyses to go`. */
export function queueWords(runs: Iterable<RunSummary>, analyses: Iterable<AnalysisSummary>): string {
  const counts = new Map<RunStatus | 'waiting', number>()
  for (const run of runs) counts.set(shownStatus(run), (counts.get(shownStatus(run)) ?? 0) + 1)
  const parts = told.filter((status) => counts.has(status)).map((status) => `${count(counts.get(status)!)} ${status}`)
  const toGo = [...analyses].filter(({ status }) => status === 'running' || status === 'queued').length
  if (toGo > 0) parts.push(`${count(toGo)} ${toGo === 1 ? 'analysis' : 'analyses'} to go`)
  return parts.length === 0 ? 'nothing queued' : parts.join(' · ')
}

/** Time until the first of the runs that train now is done, at most; null while that is not known. */
export function secondsToNextDone(progress: ReadonlyMap<string, Progress>): number | null {
  const known = [...progress.values()].flatMap(({ runSecondsLeftAtMost }) => runSecondsLeftAtMost ?? [])
  return known.length === 0 ? null : Math.min(...known)
}
