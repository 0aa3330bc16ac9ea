import { failureOf as failureOfAny } from '../../shared/basics/error.ts'
import type { TrainerEventOf } from '../../shared/phases/trainer-events.ts'
import { isDiskError } from '../../files/durable-file.ts'

/** The event that reports the failure of a job to the host. */
export function failureOf(error: unknown): TrainerEventOf<'failed'> {
  if (error instanceof RangeError && error.message === 'Array buffer allocation failed')
    return { type: 'failed', code: 'memory', message: `Memory ran out: ${error.message}.` }
  if (isDiskError(error)) return { type: 'failed', code: 'disk', message: error.message }
  return failureOfAny(error)
}
