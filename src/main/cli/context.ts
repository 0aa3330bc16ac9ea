import { createInterface } from 'node:readline/promises'
import type { HostClient } from '../../contract/index.ts'
import type { ExecutorName } from '../../shared/phases/executor.ts'
import type { Parallel } from '../../shared/phases/parallel.ts'
import type { RunningHost } from '../host/api/socket/running-host.ts'
import type { TaskPoolOptions } from '../execution/executors/task.ts'
import { visible } from '../../shared/text/visible.ts'
import { followOutputLoss } from './lost-output.ts'
import { messageLines, terminalLine } from './output/text.ts'
import { quoted } from '../../shared/text/shell-word.ts'
import { createStyle, wantsColour, withStyles, type Style, type View } from './output/style.ts'

/** How a command uses its host: read the store, change it, follow imported files, analyse runs, or train. */
type Purpose = 'read' | 'control' | 'follow' | 'analyse' | 'train'

export interface ConnectOptions {
  purpose: Purpose
  /** Folder of the workspace; undefined: EXITLAB_WORKSPACE, else the platform's data folder. */
  workspace: string | undefined
  /** Runs trained at once. */
  parallel?: Parallel
  /** What trains; undefined: as set in the workspace. */
  device?: string
  /** What trains phases; undefined: as set in the workspace. */
  executor?: ExecutorName
  /** Command that it is for, such as `run`, which others are told. */
  command?: string
  /** Folder of phases, absolute; undefined: as set in the workspace. */
  depot?: string | undefined
}

export interface Connection extends AsyncDisposable {
  client: HostClient
  /** Absolute folder of the workspace. */
  workspace: string
  /** The host that it goes to, in another process; null: it is in this one. */
  running?: RunningHost | null
}

/** Program name for hints that can be typed; the launcher of a checkout sets EXITLAB_COMMAND. */
export function calledAs({ environment }: Pick<Context, 'environment'>): string {
  return environment['EXITLAB_COMMAND'] ?? 'exitlab'
}

/** A command as it can be typed here. */
export function commandLine(context: Pick<Context, 'environment'>, args: readonly string[]): string {
  return [calledAs(context), ...args.map(quoted)].join(' ')
}

/** One of the two streams a command writes to. */
export interface Output {
  /** Writes bytes of a file, or what moves the cursor. Everything else goes through `print`. */
  writeAsIs(text: string): void
  isTerminal: boolean
  columns: number
  rows: number
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** The outside world of a command; tests give their own. */
export interface Context {
  stdout: Output
  stderr: Output
  environment: NodeJS.ProcessEnv
  workingFolder: string
  /** Of stdout. */
  style: Style
  now: () => number
  connect: (options: ConnectOptions) => Promise<Connection>
  /** Asks a question that is answered by yes or no; null: nobody can be asked. */
  ask: ((question: string) => Promise<boolean>) | null
  /** Calls back on Ctrl-C, SIGTERM and the terminal's end until the answer is called. */
  onSignal: (listener: (signal: Signal) => void) => () => void
  /** Calls back on SIGUSR1, which clusters send before a time limit, until the answer is called. */
  onTimeLimit: (listener: () => void) => () => void
  /** Trainers of `train-phase`. Default: this Exitlab's own. */
  trainer?: TaskPoolOptions['launch']
  /** The work is done, and its result is printed next: from now on a line that cannot be written is a failure. */
  workDone: () => void
  /** Ends the process at once, for a second Ctrl-C. */
  abort: (exitCode: number) => void
}

/** Sets the exit code of a command that ends without an error. */
export type Finish = (exitCode: number) => void

/** The process's own streams, signals and environment. */
export function processContext(connect: Context['connect']): Context {
  let isWorking = false
  followOutputLoss({ isWorking: () => isWorking })
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    environment: process.env,
    workingFolder: process.cwd(),
    style: createStyle(wantsColour(process.env, process.stdout.isTTY)),
    now: () => performance.now(),
    connect,
    ask: process.stdin.isTTY && process.stderr.isTTY ? askInTerminal : null,
    // Commands that listen for signals pause instead of ending.
    onSignal: (listener) => {
      isWorking = true
      return onSignal(listener)
    },
    onTimeLimit: (listener) => {
      process.on('SIGUSR1', listener)
      return () => process.off('SIGUSR1', listener)
    },
    workDone: () => {
      isWorking = false
    },
    abort: (exitCode) => process.exit(exitCode),
  }
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    writeAsIs: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    // A terminal without a known size, such as a serial line, reports 0 columns and 0 rows.
    get columns() {
      return stream.columns || 80
    },
    get rows() {
      return stream.rows || 24
    },
  }
}

function onSignal(listener: (signal: Signal) => void): () => void {
  // nohup has the end of the terminal ignored, which the launcher notes: Node itself takes that back when it starts.
  const isHangUpIgnored = process.env['EXITLAB_SIGHUP'] === 'ignored'
  const signals: Signal[] = ['SIGINT', 'SIGTERM', ...(isHangUpIgnored ? [] : ['SIGHUP' as const])]
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

/**
 * Writes lines, or a message, whose own line breaks continue it. The edge to the terminal: whatever of files and other programs is in
 * them, nothing but styles of ours steers it.
 */
export function print(output: Output, lines: string | readonly string[]): void {
  const all = typeof lines === 'string' ? messageLines(lines) : lines
  if (all.length > 0) output.writeAsIs(`${all.map(terminalLine).join('\n')}\n`)
}

/** Writes a result as its file would have it; to a terminal as lines. */
export function printResult(output: Output, text: string): void {
  if (output.isTerminal) print(output, text.replace(/\r?\n$/, '').split(/\r?\n/))
  else output.writeAsIs(withStyles(text))
}

/** A result that is printed, of any width where stdout is not a terminal. */
export function viewOf({ style, stdout }: Pick<Context, 'style' | 'stdout'>): View {
  return { style, width: stdout.isTerminal ? stdout.columns : Infinity }
}

/** Writes a value as JSON, indented for a person at a terminal, on one line for a program. */
export function printJson(output: Output, value: unknown): void {
  print(output, JSON.stringify(value, null, output.isTerminal ? 2 : undefined).split('\n'))
}

/** Asks in the terminal; no is the answer to anything but yes. */
async function askInTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${visible(question)} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
