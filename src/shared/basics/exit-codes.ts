import type { ErrorCode } from './error.ts'

/** Exit codes of `exitlab`. docs/command-line.md shows this table; a test keeps the two equal. */
export const exitCodes = {
  success: { code: 0, meaning: 'done; for `run`: every run is trained and evaluated' },
  internal: { code: 1, meaning: 'internal error (a bug in Exitlab)' },
  usage: { code: 2, meaning: 'unknown command or option, missing or wrong argument' },
  invalidExperiment: { code: 3, meaning: 'the experiment file has problems; nothing was started' },
  notFound: { code: 4, meaning: 'no such run, experiment or file' },
  conflict: { code: 5, meaning: 'not possible in the current state, such as resuming a finished run' },
  workspace: {
    code: 6,
    meaning: 'the workspace is in use, damaged, or written by a newer Exitlab; a method is unknown to this version',
  },
  data: { code: 7, meaning: 'the data set is missing or cannot be read' },
  disk: { code: 8, meaning: 'the disk is full, or a file cannot be read or written' },
  engine: { code: 9, meaning: 'TensorFlow is missing or failed, memory ran out, or a training diverged' },
  failedRuns: {
    code: 10,
    meaning:
      'commands that train, and `analyse`: not all is done, as a run or analysis failed, was stopped or deleted; `doctor`: a check failed; `depot verify`: a file is damaged',
  },
  requeue: {
    code: 75,
    meaning: '`train-phase`: a checkpoint was written when it was asked to stop; the same command resumes',
  },
  hungUp: { code: 129, meaning: 'the terminal was closed (SIGHUP); running work is paused' },
  interrupted: { code: 130, meaning: 'Ctrl-C; running work is paused' },
  terminated: { code: 143, meaning: 'SIGTERM; running work is paused' },
} as const satisfies Record<string, { code: number; meaning: string }>

type ExitName = keyof typeof exitCodes

/** Exit code of a training ended by a signal. */
export const exitCodeOfSignal = {
  SIGHUP: exitCodes.hungUp.code,
  SIGINT: exitCodes.interrupted.code,
  SIGTERM: exitCodes.terminated.code,
} as const

const ofError = {
  usage: 'usage',
  'invalid-experiment': 'invalidExperiment',
  'not-found': 'notFound',
  conflict: 'conflict',
  'workspace-in-use': 'workspace',
  'workspace-too-new': 'workspace',
  'workspace-damaged': 'workspace',
  'checkpoint-damaged': 'workspace',
  'unknown-method': 'workspace',
  data: 'data',
  disk: 'disk',
  engine: 'engine',
  memory: 'engine',
  diverged: 'engine',
  internal: 'internal',
} as const satisfies Record<ErrorCode, ExitName>

/** Exit code for an error of a given kind. */
export function exitCodeOf(error: ErrorCode): number {
  return exitCodes[ofError[error]].code
}
