import { plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { type Style, progressBar } from '../output/style.ts'
import type { LiveView, ShownWork } from '../progress/display.ts'
import { statusWords } from '../progress/words.ts'
import { analysisLabels } from './labels.ts'
import { secondsLeft, type AnalysisTracker, type Awaited } from './tracker.ts'

/** Lines of progress into a pipe come no faster than this, for each analysis. */
const secondsBetweenLines = 10

/** Analyses as a terminal, a log or a pipe has their progress. `now`: in milliseconds. */
export function shownAnalyses(tracker: AnalysisTracker, now: () => number): ShownWork {
  const label = analysisLabels(tracker.analyses)
  const told = new Map(tracker.analyses.map(({ id, status }) => [id, { status, at: now() }]))
  return {
    take(event) {
      const analysis = tracker.apply(event)
      if (analysis === null) return []
      const before = told.get(analysis.id)!
      const late = now() - before.at > 1000 * secondsBetweenLines
      if (analysis.status === before.status && !analysis.deleted && !late) return []
      told.set(analysis.id, { status: analysis.status, at: now() })
      return [`${label(analysis)}: ${stateText(analysis)}`]
    },
    lines: (view) => analysisProgress(tracker.analyses, view),
  }
}

/** `running, 12 of 51 parts, about 0:40 left`, `failed: no such file` */
function stateText(analysis: Awaited): string {
  const { status, deleted, error, done, total } = analysis
  if (deleted) return 'deleted'
  if (status === 'failed') return `failed: ${error ?? 'no error message'}`
  if (status !== 'running' || total === 0) return status
  return `running, ${done} of ${plural(total, 'part')}${leftText(analysis)}`
}

function leftText(analysis: Awaited): string {
  const left = secondsLeft(analysis)
  return left === null ? '' : `, about ${duration(left)} left`
}

/** One line for each analysis that fits: running ones first, then queued and finished ones. */
export function analysisProgress(
  analyses: readonly Awaited[],
  { style, rows }: Pick<LiveView, 'style' | 'rows'>,
): string[] {
  const rank = { running: 0, failed: 1, paused: 2, queued: 3, done: 4 }
  const first = analyses.toSorted((a, b) => rank[a.status] - rank[b.status]).slice(0, Math.max(3, rows - 4))
  const label = analysisLabels(analyses)
  const done = analyses.filter(({ status }) => status === 'done').length
  const hidden = analyses.length - first.length
  return [
    `${done} of ${plural(analyses.length, 'analysis', 'analyses')} done`,
    ...analyses.filter((each) => first.includes(each)).map((each) => `  ${progressLine(each, label(each), style)}`),
    ...(hidden === 0 ? [] : [style.faint(`  and ${hidden} more`)]),
  ]
}

function progressLine(analysis: Awaited, label: string, style: Style): string {
  const { mark, word, style: name } = statusWords[analysis.status]
  const { done, total } = analysis
  const bar = analysis.status === 'running' && total > 0 ? `  ${progressBar(done / total, style)}` : ''
  const counts = bar === '' ? '' : `  ${done} of ${plural(total, 'part')}${leftText(analysis)}`
  return `${style[name](`${mark} ${word.padEnd(7)}`)}  ${label}${bar}${style.faint(counts)}`
}
