import { implement, ORPCError, ValidationError } from '@orpc/server'
import type { z } from 'zod'
import { contract } from '../../../contract/index.ts'
import { ExitlabError, unexpectedWords } from '../../../shared/basics/error.ts'
import type { Store } from '../../store/open.ts'
import { problemsInWords, problemsOf } from '../../../shared/text/issue-words.ts'
import type { HostServices } from './services.ts'

/**
 * The contract, to be implemented procedure by procedure. Whatever a procedure throws leaves as the defined error EXITLAB,
 * which keeps its code, its message and its fields on every transport.
 */
export const os = implement(contract)
  .$context<HostServices>()
  .use(async ({ context, next }) => {
    try {
      refuseMoved(context)
      return await next()
    } catch (error) {
      // What fails in a folder that is gone, fails for that.
      throw definedError(context.store, context.whyMoved() ?? error)
    }
  })

/** What an answer yields; its errors leave as the contract defines them. */
export async function* withDefinedErrors<T>(store: Store, answer: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* answer
  } catch (error) {
    throw definedError(store, error)
  }
}

function refuseMoved({ whyMoved }: HostServices): void {
  const moved = whyMoved()
  if (moved !== null) throw moved
}

/** An error as the contract defines it. */
function definedError(store: Store, error: unknown): unknown {
  if (error instanceof ORPCError) return error.cause instanceof ValidationError ? invalid(error, error.cause) : error
  const refusal = store.explain(error)
  if (refusal instanceof ExitlabError) return definedRefusal(refusal, error)
  const message = unexpectedWords(refusal)
  return new ORPCError('EXITLAB', { defined: true, message, data: { code: 'internal' }, cause: error })
}

export function definedRefusal({ code, message, fields }: ExitlabError, cause: unknown): Error {
  return new ORPCError('EXITLAB', { defined: true, message, data: { code, ...fields }, cause })
}

/** Input or output that violates the contract: an error of the client or an internal error. */
function invalid(error: ORPCError<string, unknown>, cause: ValidationError): unknown {
  const isRequest = error.code === 'BAD_REQUEST'
  const refused = { issues: cause.issues as z.core.$ZodIssue[] }
  const message = `${isRequest ? 'This request is not valid' : 'The answer is not valid'}: ${problemsInWords(refused, 'the whole')}`
  const data = { code: isRequest ? 'usage' : 'internal', problems: problemsOf(refused) }
  return new ORPCError('EXITLAB', { defined: true, message, data, cause: error })
}
