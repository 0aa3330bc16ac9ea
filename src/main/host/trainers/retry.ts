import type { TrainerEvent, TrainerJob } from '../../../shared/trainer.ts'
import type { TrainerPool } from './trainer-pool.ts'
import type { JobEnd, TrainerProcess } from './trainer-process.ts'

/** Work that is being done, one trainer at a time. */
export interface Effort {
  trainer: TrainerProcess | null
  /** Set when it is to end as soon as it can. */
  ending: boolean
  /** Cuts the wait before a retry short. */
  hurry: () => void
}

export function newEffort(): Effort {
  return { trainer: null, ending: false, hurry: () => {} }
}

/** Has work end as soon as it can, what it has done being kept. */
export function endEffort(effort: Effort): void {
  effort.ending = true
  effort.trainer?.pause()
  effort.hurry()
}

export interface PersevereOptions {
  pool: TrainerPool
  /** Waits before a crashed job is tried again; after the last it has failed. Work that is kept in between starts them anew. */
  retryMilliseconds: readonly number[]
  /** The job as it is now; null where there is nothing to be done any more. */
  job: () => TrainerJob | null
  /** Threads that it was begun with; null where it is begun now. */
  threads: () => number | null
  heard: (event: TrainerEvent) => void
  /** Whether an event tells that some work is kept, whatever happens next. */
  keepsWork: (event: TrainerEvent) => boolean
  /** It is tried again, for the second time or a later one. */
  again: (message: string, attempt: number) => void
}

/** Does a job, again after a crash as often as that is worth it. Fails with what `heard` or `job` throws. */
export async function persevere(effort: Effort, options: PersevereOptions): Promise<JobEnd> {
  for (let crashes = 0; ;) {
    const job = effort.ending ? null : options.job()
    if (job === null) return { type: 'paused' }
    const end = await perform(effort, job, {
      ...options,
      heard(event) {
        if (options.keepsWork(event)) crashes = 0
        options.heard(event)
      },
    })
    if (end.type !== 'crashed') return end
    // It was to end and keep its work: what was kept before stands.
    if (effort.ending) return { type: 'paused' }
    const wait = options.retryMilliseconds[crashes++]
    if (wait === undefined) return end
    options.again(end.message, crashes + 1)
    await pauseBefore(effort, wait)
  }
}

async function perform(
  effort: Effort,
  job: TrainerJob,
  { pool, threads, heard }: Pick<PersevereOptions, 'pool' | 'threads' | 'heard'>,
): Promise<JobEnd> {
  const trainer = (effort.trainer = pool.take(threads() ?? undefined))
  try {
    return await trainer.run(job, heard)
  } finally {
    effort.trainer = null
    pool.giveBack(trainer)
  }
}

function pauseBefore(effort: Effort, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    effort.hurry = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
