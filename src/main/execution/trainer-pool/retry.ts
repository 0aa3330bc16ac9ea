import { setTimeout } from 'node:timers/promises'
import type { TrainerJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import type { Resources } from '../../../files/recorded-resources.ts'
import type { TrainerPool } from './trainer-pool.ts'
import type { JobEnd } from './trainer-process.ts'

export interface RetryOptions {
  pool: TrainerPool
  /** Asks the job to end as soon as it can, with a checkpoint. */
  stop: AbortSignal
  /** Ends its trainer at once. */
  kill?: AbortSignal
  /** Delays before retries of a crashed job; after the last retry it has failed. Progress resets the count. */
  retryMilliseconds: readonly number[]
  /** The current job; null when it is no longer needed. */
  job: () => TrainerJob | null
  /** With what it was started; null where it is started now. */
  resources: () => Resources | null
  heard: (event: TrainerEvent) => void
  /** Whether an event says that progress is on the disk. */
  keepsWork: (event: TrainerEvent) => boolean
  /** Called before each retry; `attempt` counts from 2. */
  again: (message: string, attempt: number) => void
}

/** Runs a job, retrying after crashes with back-off. Rejects with errors of `heard` or `job`. */
export async function runWithRetries({ stop, ...options }: RetryOptions): Promise<JobEnd> {
  for (let crashes = 0; ;) {
    const job = stop.aborted ? null : options.job()
    if (job === null) return { type: 'paused' }
    const end = await perform(job, {
      ...options,
      stop,
      heard(event) {
        if (options.keepsWork(event)) crashes = 0
        options.heard(event)
      },
    })
    if (end.type !== 'crashed') return end
    // A stop was requested: the last checkpoint is where it resumes.
    if (stop.aborted) return { type: 'paused' }
    const wait = options.retryMilliseconds[crashes++]
    if (wait === undefined) return end
    options.again(end.message, crashes + 1)
    await pauseBefore(wait, stop)
  }
}

/** Says that a job is tried again after a crash. */
export const restartMessage = (message: string, attempt: number) =>
  `${message}\nRestarting from the last checkpoint (attempt ${attempt}).`

/** Says that a job was given up after its last crash. */
export const crashMessage = (message: string) => `The trainer crashed repeatedly. ${message}`

/** Evaluation and analyses can always be repeated. */
const algorithmsOf = (job: TrainerJob) => (job.kind === 'train' ? job.training.algorithms : 'deterministic')

async function perform(
  job: TrainerJob,
  { pool, stop, kill, resources, heard }: Pick<RetryOptions, 'pool' | 'stop' | 'kill' | 'resources' | 'heard'>,
): Promise<JobEnd> {
  const trainer = await pool.take({ resources: resources(), algorithms: algorithmsOf(job) })
  const [onStop, onKill] = [() => trainer.pause(), () => trainer.kill()]
  stop.addEventListener('abort', onStop)
  kill?.addEventListener('abort', onKill)
  try {
    // A stop that was requested meanwhile has reached no trainer.
    return stop.aborted ? { type: 'paused' } : await trainer.run(job, heard)
  } finally {
    stop.removeEventListener('abort', onStop)
    kill?.removeEventListener('abort', onKill)
    pool.giveBack(trainer)
  }
}

/** Ends early where a stop is requested. */
async function pauseBefore(milliseconds: number, stop: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal: stop }).catch((error: unknown) => {
    if (!stop.aborted) throw error
  })
}
