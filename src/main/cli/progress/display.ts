import { createLogUpdate } from 'log-update'
import type { HostEvent } from '../../../shared/events.ts'
import { print, type Context } from '../context.ts'
import { printable } from '../output/text.ts'
import { liveLines } from './live.ts'
import { plainLines } from './plain.ts'
import type { Tracker } from './tracker.ts'

/** Shows the progress of runs until closed. */
export interface Display {
  take(event: HostEvent): void
  /** Says something above or between the progress. */
  say(text: string): void
  close(): void
}

const frameMilliseconds = 125
/** Share of the time that drawing takes at most: where thousands of runs are followed, frames are fewer. */
const drawingShare = 0.05
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
  let timer: NodeJS.Timeout
  const next = (took: number) => {
    timer = setTimeout(
      () => {
        const began = performance.now()
        draw()
        next(performance.now() - began)
      },
      Math.max(frameMilliseconds, took / drawingShare),
    )
  }
  next(0)
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
      clearTimeout(timer)
      hint = ''
      draw()
      redraw.done()
      stdout.write(showCursor)
    },
  }
}
