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
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * An error meant to be read by a person: one message that says what was wrong, where, what was expected and what to do.
 * It keeps its code when it crosses a process or an RPC boundary.
 */
export class ExitlabError extends Error {
  override readonly name = 'ExitlabError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
