import cliTruncate from 'cli-truncate'
import { createLogUpdate } from 'log-update'
import type { HostEvent } from '../../../shared/phases/events.ts'
import { print, type Context, type Output } from '../context.ts'
import type { Style } from '../output/style.ts'
import { messageLines, terminalLine } from '../output/text.ts'

/** Work whose progress is shown. */
export interface ShownWork {
  /** Takes an event in. Returns its messages in a log or a pipe. */
  take(event: HostEvent): readonly string[]
  /** All of it, as lines of a terminal. */
  lines(view: LiveView): readonly string[]
}

export interface LiveView {
  columns: number
  /** Lines there are. */
  rows: number
  style: Style
  elapsedSeconds: number
}

/** Shows the progress of work until closed. */
export interface Display {
  take(event: HostEvent): void
  /** Says something above or between the progress. */
  say(text: string): void
  close(): void
}

export interface DisplayOptions {
  /** Shows nothing but warnings. */
  quiet: boolean
  /** Where results follow on stdout, progress is shown on stderr, and leaves nothing on a terminal. */
  on: 'stdout' | 'stderr'
  /** When the command began, by the context's clock. */
  started: number
}

const frameMilliseconds = 125
/** Share of the time that drawing takes at most: where thousands of runs are followed, frames are fewer. */
const drawingShare = 0.05
const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
/** Lines that the hint takes, with an empty one. */
const hintRows = 2

/** A live display on a terminal, plain lines elsewhere. */
export function openDisplay(context: Context, work: ShownWork, options: DisplayOptions): Display {
  const output = context[options.on]
  const dumb = context.environment['TERM'] === 'dumb'
  if (options.quiet) return quietDisplay(context.stderr, work)
  return output.isTerminal && !dumb ? liveDisplay(context, work, options) : plainDisplay(output, work)
}

function quietDisplay(stderr: Output, work: ShownWork): Display {
  return {
    take(event) {
      work.take(event)
      if (event.type === 'log' && event.line.level === 'warning') print(stderr, `exitlab: ${event.line.message}`)
    },
    say: (text) => print(stderr, text),
    close: () => {},
  }
}

function plainDisplay(output: Output, work: ShownWork): Display {
  return {
    take(event) {
      if (event.type !== 'log') return work.take(event).forEach((each) => print(output, each))
      const { level, message } = event.line
      if (level !== 'info') print(output, `${level}: ${message}`)
    },
    say: (text) => print(output, text),
    close: () => {},
  }
}

function liveDisplay(context: Context, work: ShownWork, { on, started }: DisplayOptions): Display {
  const { style, now } = context
  const output = context[on]
  const redraw = createLogUpdate(streamOf(output), { showCursor: true })
  let hint = 'Ctrl-C pauses; the same command resumes'
  const draw = () => {
    const { columns, rows } = output
    const view = { columns, rows: rows - hintRows, style, elapsedSeconds: (now() - started) / 1000 }
    const lines = [...work.lines(view), ...(hint === '' ? [] : ['', style.faint(hint)])]
    redraw(lines.map((line) => cliTruncate(terminalLine(line), columns)).join('\n'))
  }
  output.writeAsIs(hideCursor)
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
      work.take(event)
      if (event.type !== 'log' || event.line.level === 'info') return
      const said = messageLines(`${style.warn(event.line.level)}: ${event.line.message}`)
      redraw.persist(said.map(terminalLine).join('\n'))
      draw()
    },
    say(text) {
      hint = text
      draw()
    },
    close() {
      clearTimeout(timer)
      hint = ''
      if (on === 'stdout') draw()
      else redraw.clear()
      redraw.done()
      output.writeAsIs(showCursor)
    },
  }
}

/** What log-update needs of a stream: it writes lines that are made for a terminal, and what moves the cursor. */
function streamOf(output: Output): NodeJS.WritableStream {
  const stream = {
    write: output.writeAsIs,
    get columns() {
      return output.columns
    },
    get rows() {
      return output.rows
    },
  }
  return stream as unknown as NodeJS.WritableStream
}
