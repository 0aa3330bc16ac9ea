import { ExitlabError } from '../../shared/error.ts'
import type { TrainerEvent } from '../../shared/trainer.ts'
import { isDiskError } from './checkpoints/durable-file.ts'

/** The event that tells the host why a job failed. What nobody foresaw comes with its stack, for the report. */
export function failureOf(error: unknown): Extract<TrainerEvent, { type: 'failed' }> {
  if (error instanceof ExitlabError) return { type: 'failed', code: error.code, message: error.message }
  if (error instanceof RangeError && error.message === 'Array buffer allocation failed')
    return { type: 'failed', code: 'memory', message: `Memory ran out: ${error.message}.` }
  if (isDiskError(error)) return { type: 'failed', code: 'disk', message: error.message }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { type: 'failed', code: 'internal', message }
}
