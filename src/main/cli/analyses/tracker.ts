import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { HostEvent } from '../../../shared/phases/events.ts'

/** An analysis that is waited for. */
export interface Awaited extends AnalysisSummary {
  /** It was deleted. */
  deleted: boolean
}

/** State of the analyses that a command waits for. */
export interface AnalysisTracker {
  /** In the order of the request. */
  readonly analyses: readonly Awaited[]
  /** Applies an event. Returns the changed analysis; null if the event is about something else. */
  apply(event: HostEvent): Awaited | null
}

export function trackAnalyses(summaries: readonly AnalysisSummary[]): AnalysisTracker {
  const analyses = new Map(summaries.map((each) => [each.id, { ...each, deleted: false }]))
  const change = (id: string, changes: Partial<Awaited>): Awaited | null => {
    const known = analyses.get(id)
    if (known === undefined) return null
    const changed = { ...known, ...changes }
    analyses.set(id, changed)
    return changed
  }
  return {
    get analyses() {
      return [...analyses.values()]
    },
    apply(event) {
      if (event.type === 'analysis-deleted') return change(event.analysis, { deleted: true })
      if (event.type !== 'analysis') return null
      // Labels follow the requested runs; the host may return other runs with the same weights.
      const { id, status, done, total, seconds, error } = event.analysis
      return change(id, { status, done, total, seconds, error })
    },
  }
}

/** Whether it will not change without a command. */
export function isSettled({ status, deleted }: Awaited): boolean {
  return deleted || status === 'done' || status === 'failed' || status === 'paused'
}

/** Estimated remaining time at the rate so far; null before the first part. */
export function secondsLeft({ done, total, seconds }: AnalysisSummary): number | null {
  return done === 0 || total === 0 ? null : (seconds / done) * (total - done)
}
