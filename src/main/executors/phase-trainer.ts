import type { TrainerJob } from '../../experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../shared/trainer-events.ts'
import type { Resources } from '../files/recorded-resources.ts'
import { newJobHandle, requestStop, restartMessage, runWithRetries } from '../host/trainers/retry.ts'
import type { TrainerPool } from '../host/trainers/trainer-pool.ts'
import type { JobEnd } from '../host/trainers/trainer-process.ts'

export interface PhaseTrainerOptions {
  /** Its trainers; it decides the threads of work that has not begun yet. */
  pool: TrainerPool
  /** With what the work began; null: it begins now. */
  resources: () => Resources | null
  /** Asks it to write a checkpoint and end. */
  stop: AbortSignal
  /** The phase is another's: it ends at once. */
  lost: AbortSignal
  retryMilliseconds: readonly number[]
  heard: (event: TrainerEvent) => void
}

/** Does the jobs of one phase, one after the other. */
export interface PhaseTrainer extends Disposable {
  perform(job: TrainerJob): Promise<JobEnd>
}

export function createPhaseTrainer(options: PhaseTrainerOptions): PhaseTrainer {
  const { pool, resources, retryMilliseconds, heard } = options
  const handle = newJobHandle()
  const deaf = listen(options, {
    stop: () => requestStop(handle),
    lost: () => (requestStop(handle), handle.trainer?.kill()),
  })
  return {
    perform: (job) =>
      runWithRetries(handle, {
        pool,
        retryMilliseconds,
        resources,
        job: () => job,
        heard,
        keepsWork: ({ type }) => type === 'checkpoint',
        again: (message, attempt) =>
          heard({ type: 'log', level: 'warning', message: restartMessage(message, attempt) }),
      }),
    [Symbol.dispose]: deaf,
  }
}

/** Calls `on` at the signals, of which one may have been before. @returns a function that ends it. */
function listen(
  { stop, lost }: Pick<PhaseTrainerOptions, 'stop' | 'lost'>,
  on: { stop: () => void; lost: () => void },
): () => void {
  stop.addEventListener('abort', on.stop)
  lost.addEventListener('abort', on.lost)
  if (stop.aborted) on.stop()
  return () => {
    stop.removeEventListener('abort', on.stop)
    lost.removeEventListener('abort', on.lost)
  }
}
