import cliTruncate from 'cli-truncate'
import { createLogUpdate } from 'log-update'
import { print, type Context } from '../context.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import type { Style } from '../output/style.ts'
import { printable } from '../output/text.ts'
import { progressBar } from '../progress/bar.ts'
import { hideCursor, showCursor } from '../progress/display.ts'
import { statusWords } from '../progress/words.ts'
import { analysisLabels } from './labels.ts'
import { secondsLeft, type AnalysisTracker, type Awaited } from './tracker.ts'

/** Shows the progress of analyses on stderr until closed; stdout is for results. */
export interface AnalysisDisplay {
  /** Something of it has changed. */
  changed(analysis: Awaited): void
  say(text: string): void
  close(): void
}

const framesPerSecond = 8
/** Lines of progress into a pipe come no faster than this, for each analysis. */
const secondsBetweenLines = 10

export function openAnalysisDisplay(context: Context, tracker: AnalysisTracker): AnalysisDisplay {
  const dumb = context.environment['TERM'] === 'dumb'
  return context.stderr.isTerminal && !dumb ? liveDisplay(context, tracker) : plainDisplay(context, tracker)
}

/** Shows messages only, for --quiet. */
export function quietAnalysisDisplay({ stderr }: Context): AnalysisDisplay {
  return { changed: () => {}, say: (text) => print(stderr, text), close: () => {} }
}

function plainDisplay({ stderr, now }: Context, { analyses }: AnalysisTracker): AnalysisDisplay {
  const label = analysisLabels(analyses)
  const told = new Map(analyses.map(({ id, status }) => [id, { status, at: now() }]))
  return {
    changed(analysis) {
      const before = told.get(analysis.id)!
      const late = now() - before.at > 1000 * secondsBetweenLines
      if (analysis.status === before.status && !analysis.deleted && !late) return
      told.set(analysis.id, { status: analysis.status, at: now() })
      print(stderr, `${label(analysis)}: ${stateText(analysis)}`)
    },
    say: (text) => print(stderr, text),
    close: () => {},
  }
}

/** `running, 12 of 51 parts, about 0:40 left`, `failed: no such file` */
function stateText(analysis: Awaited): string {
  const { status, deleted, error, done, total } = analysis
  if (deleted) return 'deleted'
  if (status === 'failed') return `failed: ${printable(error ?? 'no error message')}`
  if (status !== 'running' || total === 0) return status
  return `running, ${done} of ${plural(total, 'part')}${leftText(analysis)}`
}

function leftText(analysis: Awaited): string {
  const left = secondsLeft(analysis)
  return left === null ? '' : `, about ${duration(left)} left`
}

function liveDisplay(context: Context, tracker: AnalysisTracker): AnalysisDisplay {
  const { stderr, style } = context
  // log-update only writes to its stream and reads columns and rows.
  const redraw = createLogUpdate(stderr as unknown as NodeJS.WritableStream, { showCursor: true })
  let hint = 'Ctrl-C pauses; the same command resumes'
  const draw = () => {
    const lines = [...analysisProgress(tracker.analyses, { style, rows: stderr.rows }), '', style.faint(hint)]
    redraw(lines.map((line) => cliTruncate(line, stderr.columns)).join('\n'))
  }
  stderr.write(hideCursor)
  const timer = setInterval(draw, 1000 / framesPerSecond)
  return {
    changed: () => {},
    say(text) {
      hint = text
      draw()
    },
    close() {
      clearInterval(timer)
      redraw.clear()
      redraw.done()
      stderr.write(showCursor)
    },
  }
}

/** One line for each analysis that fits: running ones first, then queued and finished ones. */
export function analysisProgress(
  analyses: readonly Awaited[],
  { style, rows }: { style: Style; rows: number },
): string[] {
  const rank = { running: 0, failed: 1, paused: 2, queued: 3, done: 4 }
  const first = analyses.toSorted((a, b) => rank[a.status] - rank[b.status]).slice(0, Math.max(3, rows - 6))
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
