import { ExitlabError } from '../../shared/basics/error.ts'
import type { CApi, Pointer } from './c-api.ts'

/** TF_Code's names, in its order. */
const codes = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const

/**
 * Throws the error of a TF_Status, if it has one.
 * @throws ExitlabError `engine`, or `memory` if memory ran out, with TensorFlow's code and message.
 */
export function check(api: CApi, status: Pointer, doing: string): void {
  const code = api.TF_GetCode(status)
  if (code === 0) return
  const name = codes[code] ?? code
  throw new ExitlabError(
    name === 'RESOURCE_EXHAUSTED' ? 'memory' : 'engine',
    `TensorFlow, ${doing}: ${api.TF_Message(status)} (${name}).`,
  )
}

/** Calls `use` with a TF_Status of its own. */
export function withStatus<T>(api: CApi, use: (status: Pointer) => T): T {
  const status = api.TF_NewStatus()
  try {
    return use(status)
  } finally {
    api.TF_DeleteStatus(status)
  }
}
