import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import { sum } from '../../../shared/statistics/statistics.ts'

/** How far the answers to a question are, together. */
export function analysisProgress(answers: readonly { analysis: AnalysisSummary | null }[]) {
  const all = answers.flatMap(({ analysis }) => analysis ?? [])
  const those = (status: AnalysisSummary['status']) => all.filter((analysis) => analysis.status === status)
  const begun = all.filter(({ done, total }) => done > 0 && total > 0)
  const waited = [...those('running'), ...those('queued')]
  // Those that have not begun have as many parts as the others.
  const largest = Math.max(0, ...all.map(({ total }) => total))
  const partsOf = ({ total }: AnalysisSummary) => (total > 0 ? total : largest)
  return {
    missing: answers.length - all.length,
    queued: those('queued'),
    running: those('running'),
    paused: those('paused'),
    failed: those('failed'),
    done: those('done'),
    /** Parts that are done, and how many there are where that is known. */
    partsDone: sum(all.map(({ done }) => done)),
    partCount: sum(all.map(partsOf)),
    /** Time spent on all of them. */
    seconds: sum(all.map(({ seconds }) => seconds)),
    /** Until what is queued and running is done; null while its pace is not known. */
    secondsLeft: secondsLeft(begun, sum(waited.map((each) => partsOf(each) - each.done))),
  }
}

function secondsLeft(begun: readonly AnalysisSummary[], partsLeft: number): number | null {
  const parts = sum(begun.map(({ done }) => done))
  const seconds = sum(begun.map((each) => each.seconds))
  return parts === 0 || seconds === 0 ? null : (seconds / parts) * partsLeft
}
