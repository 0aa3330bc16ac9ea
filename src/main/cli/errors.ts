import { CommanderError } from 'commander'
import { type ErrorCode, errorCodes, ExitlabError } from '../../shared/error.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { printable } from './output/text.ts'

/** What to tell about an error, and the exit code. An empty message was told already. */
export interface Report {
  message: string
  exitCode: number
}

/** An error as one message, safe for a terminal, without a stack; `debug` adds the stack. */
export function report(error: unknown, debug: boolean): Report {
  if (error instanceof CommanderError) return { message: '', exitCode: error.exitCode === 0 ? 0 : exitCodes.usage.code }
  const { message, exitCode } = reportOf(error, debug)
  return { message: printable(message), exitCode }
}

function reportOf(error: unknown, debug: boolean): Report {
  const refusal = asRefusal(error)
  const stack = debug && error instanceof Error ? `\n${fullStack(error)}` : ''
  if (refusal !== undefined)
    return { message: `exitlab: ${refusal.message}${stack}`, exitCode: exitCodeOf(refusal.code) }
  const text = error instanceof Error ? error.message : String(error)
  const hint = debug ? stack : '\nThis is a fault of Exitlab. EXITLAB_DEBUG=1 shows where it happened.'
  return { message: `exitlab: unexpected error: ${text}${hint}`, exitCode: exitCodes.internal.code }
}

/** An ExitlabError, or what became of one on its way across RPC: a defined error whose data holds the code. */
function asRefusal(error: unknown): { code: ErrorCode; message: string } | undefined {
  if (error instanceof ExitlabError) return error
  if (!(error instanceof Error) || !('data' in error)) return undefined
  const code = (error.data as { code?: unknown } | null | undefined)?.code
  const known = errorCodes.find((each) => each === code)
  return known === undefined ? undefined : { code: known, message: error.message }
}

function fullStack(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${fullStack(error.cause)}` : ''
  return (error.stack ?? '') + cause
}
