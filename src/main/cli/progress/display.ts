import type { HostEvent } from '../../../shared/events.ts'
import { type Context, print } from '../context.ts'
import { liveLines } from './live.ts'
import { plainLines } from './plain.ts'
import type { Tracker } from './tracker.ts'

/** Shows how runs go on until it is closed. */
export interface Display {
  take(event: HostEvent): void
  /** Says something above or between the progress. */
  say(text: string): void
  close(): void
}

const framesPerSecond = 8
const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
const clearBelow = '\u001b[J'

/** A live display on a terminal, plain lines elsewhere. `started`: when the command began, by the context's clock. */
export function openDisplay(context: Context, tracker: Tracker, started: number): Display {
  const dumb = context.environment['TERM'] === 'dumb'
  return context.stdout.isTerminal && !dumb ? liveDisplay(context, tracker, started) : plainDisplay(context, tracker)
}

/** Takes events in and shows nothing, for --quiet. */
export function silentDisplay(context: Context, tracker: Tracker): Display {
  return { take: (event) => void tracker.apply(event), say: (text) => print(context.stderr, text), close: () => {} }
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
  let drawn = 0
  let hint = 'Ctrl-C pauses; the same command goes on later'
  const erase = () => (drawn === 0 ? '\r' : `\r\u001b[${drawn}A${clearBelow}`)
  const draw = (above = '') => {
    const { columns, rows } = stdout
    const lines = liveLines(tracker, { columns, rows, style, elapsedSeconds: (now() - started) / 1000, hint })
    stdout.write(`${erase()}${above}${lines.join('\n')}\n`)
    drawn = lines.length
  }
  stdout.write(hideCursor)
  const timer = setInterval(draw, 1000 / framesPerSecond)
  return {
    take(event) {
      tracker.apply(event)
      if (event.type === 'log' && event.line.level !== 'info')
        draw(`${style.warn(event.line.level)}: ${event.line.message}\n`)
    },
    say(text) {
      hint = text
      draw()
    },
    close() {
      clearInterval(timer)
      hint = ''
      draw()
      stdout.write(showCursor)
    },
  }
}
