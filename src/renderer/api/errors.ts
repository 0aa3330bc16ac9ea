import { ORPCError } from '@orpc/client'
import { errorCodes, type ErrorCode, type ErrorFields, type Problem } from '../../shared/basics/error.ts'

/** The link to the host was lost before it answered, or did not come about in time. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'

  constructor(cause?: unknown) {
    super(
      'The connection to the host was lost before its answer arrived. Look whether it was done before trying again.',
      {
        cause,
      },
    )
  }
}

interface Refusal extends ErrorFields {
  code: ErrorCode
}

/** What an error says to the person in front of the window. */
export function messageOf(error: unknown): string {
  if (refusalOf(error) !== null || error instanceof ConnectionLost) return (error as Error).message
  if (error instanceof ORPCError) return `The request failed: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

/** The problems of a refused request; empty if the message says it all. */
export function problemsOf(error: unknown): readonly Problem[] {
  return refusalOf(error)?.problems ?? []
}

/** Ids of the runs that an error is about. */
export function runsOf(error: unknown): readonly string[] {
  return refusalOf(error)?.runs ?? []
}

/** Whether the host knows nothing of what was asked about. */
export function isNotFound(error: unknown): boolean {
  return refusalOf(error)?.code === 'not-found'
}

/** Whether the host itself answered with this error; else it was not reached. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError
}

function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ORPCError)) return null
  const data = error.data as Partial<Refusal> | null | undefined
  return errorCodes.includes(data?.code as ErrorCode) ? (data as Refusal) : null
}
