import type { TrainerJob } from '../../../experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../shared/trainer-events.ts'
import type { Resources } from '../../files/recorded-resources.ts'
import type { TrainerPool } from './trainer-pool.ts'
import type { JobEnd, TrainerProcess } from './trainer-process.ts'

/** A job that is being done, with one trainer at a time. */
export interface JobHandle {
  trainer: TrainerProcess | null
  /** Set by `requestStop`. */
  ending: boolean
  /** Ends the wait before a retry. */
  skipBackoff: () => void
}

export function newJobHandle(): JobHandle {
  return { trainer: null, ending: false, skipBackoff: () => {} }
}

/** Asks a job to stop as soon as it can, with a checkpoint. */
export function requestStop(handle: JobHandle): void {
  handle.ending = true
  handle.trainer?.pause()
  handle.skipBackoff()
}

export interface RetryOptions {
  pool: TrainerPool
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
export async function runWithRetries(handle: JobHandle, options: RetryOptions): Promise<JobEnd> {
  for (let crashes = 0; ;) {
    const job = handle.ending ? null : options.job()
    if (job === null) return { type: 'paused' }
    const end = await perform(handle, job, {
      ...options,
      heard(event) {
        if (options.keepsWork(event)) crashes = 0
        options.heard(event)
      },
    })
    if (end.type !== 'crashed') return end
    // A stop was requested: the last checkpoint is where it resumes.
    if (handle.ending) return { type: 'paused' }
    const wait = options.retryMilliseconds[crashes++]
    if (wait === undefined) return end
    options.again(end.message, crashes + 1)
    await pauseBefore(handle, wait)
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
  handle: JobHandle,
  job: TrainerJob,
  { pool, resources, heard }: Pick<RetryOptions, 'pool' | 'resources' | 'heard'>,
): Promise<JobEnd> {
  const trainer = (handle.trainer = await pool.take({ resources: resources(), algorithms: algorithmsOf(job) }))
  try {
    // A stop that was requested meanwhile has reached no trainer.
    return handle.ending ? { type: 'paused' } : await trainer.run(job, heard)
  } finally {
    handle.trainer = null
    pool.giveBack(trainer)
  }
}

function pauseBefore(handle: JobHandle, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    handle.skipBackoff = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
