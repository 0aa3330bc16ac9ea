import { CommanderError } from 'commander'
import { type ErrorCode, errorCodes, type ErrorFields, ExitlabError } from '../shared/error.ts'
import { commandLine, type Context } from './context.ts'
import { exitCodeOf, exitCodes } from '../shared/exit-codes.ts'
import { printable } from './output/text.ts'

/** Message and exit code of an error; the message is empty if it was already printed. */
export interface Report {
  message: string
  exitCode: number
}

/** An error as one message, safe for a terminal, with the command that it advises; EXITLAB_DEBUG adds the stack. */
export function report(error: unknown, context: Pick<Context, 'environment'>): Report {
  if (error instanceof CommanderError) return { message: '', exitCode: error.exitCode === 0 ? 0 : exitCodes.usage.code }
  const { message, exitCode } = reportOf(error, context)
  return { message: printable(message), exitCode }
}

function reportOf(error: unknown, context: Pick<Context, 'environment'>): Report {
  const debug = context.environment['EXITLAB_DEBUG'] === '1'
  const refusal = asRefusal(error)
  const stack = debug && error instanceof Error ? `\n${fullStack(error)}` : ''
  if (refusal !== undefined) {
    const { code, message, command } = refusal
    const advice = command === undefined ? '' : `\n→ ${commandLine(context, command)}`
    return { message: `exitlab: ${message}${advice}${stack}`, exitCode: exitCodeOf(code) }
  }
  const text = error instanceof Error ? error.message : String(error)
  const hint = debug ? stack : '\nThis is a bug in Exitlab. EXITLAB_DEBUG=1 prints the stack trace.'
  return { message: `exitlab: unexpected error: ${text}${hint}`, exitCode: exitCodes.internal.code }
}

/** An ExitlabError, or the error to which RPC converts it: a defined error with its code in `data`. */
function asRefusal(error: unknown): (ErrorFields & { code: ErrorCode; message: string }) | undefined {
  if (error instanceof ExitlabError) return { ...error.fields, code: error.code, message: error.message }
  if (!(error instanceof Error) || !('data' in error)) return undefined
  const data = error.data as (ErrorFields & { code?: unknown }) | null | undefined
  const code = errorCodes.find((each) => each === data?.code)
  return code === undefined ? undefined : { ...data, code, message: error.message }
}

function fullStack(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${fullStack(error.cause)}` : ''
  return (error.stack ?? '') + cause
}
