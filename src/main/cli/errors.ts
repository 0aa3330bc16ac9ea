import { CommanderError } from 'commander'
import { type ErrorCode, errorCodes, type ErrorFields, ExitlabError } from '../../shared/basics/error.ts'
import { commandLine, type Context } from './context.ts'
import { messageLines } from './output/text.ts'
import { exitCodeOf, exitCodes } from '../../shared/basics/exit-codes.ts'

/**
 * An error as one message, with the command that it advises; EXITLAB_DEBUG adds the stack. @returns its lines and exit code; no lines
 * where it was already printed.
 */
export function report(error: unknown, context: Pick<Context, 'environment'>) {
  if (error instanceof CommanderError) return { lines: [], exitCode: error.exitCode === 0 ? 0 : exitCodes.usage.code }
  const debug = context.environment['EXITLAB_DEBUG'] === '1'
  const refusal = asRefusal(error)
  const stack = debug && error instanceof Error ? fullStack(error).split('\n') : []
  if (refusal !== undefined) {
    const { code, message, command } = refusal
    const advice = command === undefined ? [] : [`→ ${commandLine(context, command)}`]
    return { lines: [...messageLines(`exitlab: ${message}`), ...advice, ...stack], exitCode: exitCodeOf(code) }
  }
  const text = error instanceof Error ? error.message : String(error)
  const hint = debug ? stack : ['This is a bug in Exitlab. EXITLAB_DEBUG=1 prints the stack trace.']
  return { lines: [...messageLines(`exitlab: unexpected error: ${text}`), ...hint], exitCode: exitCodes.internal.code }
}

/** An ExitlabError, or the error to which clients of a host convert it: a defined error with its code in `data`. */
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
