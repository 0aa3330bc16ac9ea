/** What kind of refusal an error is; the command line maps each to an exit code. */
export const errorCodes = [
  'usage',
  'invalid-experiment',
  'not-found',
  'conflict',
  'workspace-in-use',
  'workspace-too-new',
  'workspace-damaged',
  'checkpoint-damaged',
  'data',
  'disk',
  'engine',
  'memory',
  'diverged',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One of the things that are wrong with what was asked for. */
export interface Problem {
  /** Where: keys and indices into the experiment where the code is `invalid-experiment`, else into the request. */
  path: (string | number)[]
  /** What was expected, what was found, and the nearest right word. */
  message: string
  /** Place in the text that an experiment was read from, where there is one; both count from 1. */
  line?: number
  column?: number
}

/**
 * An error meant to be read by a person: one message that says what was wrong, where, what was expected and what to do.
 * It keeps its code and its problems when it crosses a process or an RPC boundary.
 */
export class ExitlabError extends Error {
  override readonly name = 'ExitlabError'
  readonly code: ErrorCode
  /** What the message says, in parts; undefined where it has none. */
  readonly problems?: readonly Problem[]

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { problems?: readonly Problem[] }) {
    super(message, options)
    this.code = code
    this.problems = options?.problems
  }
}
