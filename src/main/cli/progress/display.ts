import { createLogUpdate } from 'log-update'
import type { HostEvent } from '../../../shared/events.ts'
import { print, type Context } from '../context.ts'
import { printable } from '../output/text.ts'
import { liveLines } from './live.ts'
import type { Tracker } from './tracker.ts'
import { exitAt, exitName } from '../../../shared/exit-id.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import { count } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { runLabel, scoresText, wordsFor } from './words.ts'

/** Shows the progress of runs until closed. */
export interface Display {
  take(event: HostEvent): void
  /** Says something above or between the progress. */
  say(text: string): void
  close(): void
}

const framesPerSecond = 8
export const hideCursor = '\u001b[?25l'
export const showCursor = '\u001b[?25h'

/** A live display on a terminal, plain lines elsewhere. `started`: when the command began, by the context's clock. */
export function openDisplay(context: Context, tracker: Tracker, started: number): Display {
  const dumb = context.environment['TERM'] === 'dumb'
  return context.stdout.isTerminal && !dumb ? liveDisplay(context, tracker, started) : plainDisplay(context, tracker)
}

/** Takes events in and shows nothing but warnings, for --quiet. */
export function silentDisplay({ stderr }: Context, tracker: Tracker): Display {
  return {
    take(event) {
      tracker.apply(event)
      if (event.type === 'log' && event.line.level === 'warning')
        print(stderr, `exitlab: ${printable(event.line.message)}`)
    },
    say: (text) => print(stderr, text),
    close: () => {},
  }
}

function plainDisplay({ stdout }: Context, tracker: Tracker): Display {
  const linesOf = plainLines(tracker)
  return {
    take(event) {
      const lines = linesOf(event)
      if (lines.length > 0) print(stdout, lines)
    },
    say: (text) => print(stdout, text),
    close: () => {},
  }
}

function liveDisplay(context: Context, tracker: Tracker, started: number): Display {
  const { stdout, style, now } = context
  // log-update only writes to its stream and reads columns and rows.
  const redraw = createLogUpdate(stdout as unknown as NodeJS.WritableStream, { showCursor: true })
  let hint = 'Ctrl-C pauses; the same command resumes'
  const draw = () => {
    const { columns, rows } = stdout
    const view = { columns, rows, style, elapsedSeconds: (now() - started) / 1000, hint }
    redraw(liveLines(tracker, view).join('\n'))
  }
  stdout.write(hideCursor)
  const timer = setInterval(draw, 1000 / framesPerSecond)
  return {
    take(event) {
      tracker.apply(event)
      if (event.type !== 'log' || event.line.level === 'info') return
      redraw.persist(`${style.warn(event.line.level)}: ${printable(event.line.message)}`)
      draw()
    },
    say(text) {
      hint = text
      draw()
    },
    close() {
      clearInterval(timer)
      hint = ''
      draw()
      redraw.done()
      stdout.write(showCursor)
    },
  }
}

/** Progress as lines for logs and pipes: one for each epoch and each change of a run. Given events before the tracker takes them in. */
function plainLines(tracker: Tracker): (event: HostEvent) => string[] {
  const several = new Set(tracker.runs.map(({ experimentId }) => experimentId)).size > 1
  return (event) => {
    const before = new Map(tracker.runs.map((run) => [run.id, wordsFor(run).word]))
    const related = tracker.apply(event)
    if (event.type === 'log')
      return event.line.level === 'info' ? [] : [`${event.line.level}: ${printable(event.line.message)}`]
    if (!related) return []
    if (event.type === 'epoch') return [epochLine(tracker, event, several)]
    return tracker.runs
      .filter((run) => before.get(run.id) !== wordsFor(run).word)
      .map((run) => `${printable(runLabel(run, several))}: ${wordsFor(run).word}${detailOf(run)}`)
  }
}

function detailOf(run: RunSummary): string {
  if (run.deleted) return ''
  if (run.status === 'failed') return `: ${printable(run.error ?? 'no error message')}`
  return run.status === 'done' ? testScores(run) : ''
}

function epochLine(tracker: Tracker, event: Extract<HostEvent, { type: 'epoch' }>, several: boolean): string {
  const run = tracker.about(event)!
  const phase = run.phases.find(({ id }) => id === event.phase)
  const { scores } = tracker.phase(event.phase)
  const left = tracker.secondsLeftAtMost()
  return [
    `${printable(runLabel(run, several))}: ${phase?.name ?? event.phase}`,
    `epoch ${event.record.epoch} of ${tracker.epochCap(run)}`,
    `${count(event.record.imagesPerSecond)} samples/s`,
    `validation ${scoresText(scores, run)}`,
    ...(left === null ? [] : [`at most ${duration(left)} left`]),
  ].join(' | ')
}

function testScores(run: RunSummary): string {
  if (run.scores === null) return ''
  const { test } = run.scores
  const scores = test.map((value, exit) => ({ label: exitName(exitAt(exit, test.length - 1)), value }))
  return `, test ${scoresText(scores, run)}`
}
