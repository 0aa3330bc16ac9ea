import type { TrainerJob } from '../../../experiment/trainer-jobs.ts'
import type { Store } from '../../store/open.ts'
import { isDamaged } from '../../files/verified-file.ts'
import type { TaskEnd } from './outcomes.ts'
import { restartMessage, runWithRetries, type RetryOptions } from '../trainers/retry.ts'
import { resourcesToResume } from '../runs/resources-to-resume.ts'
import type { Recorder } from './event-recorder.ts'
import type { Slot } from './slots.ts'
import { jobFor } from './tasks.ts'

export interface RunTaskOptions extends Pick<RetryOptions, 'pool' | 'retryMilliseconds'> {
  store: Store
  recorder: Recorder
  checkpointSeconds: number
}

/** Does a task, with retries after crashes. Fails with what could not be recorded on the way. */
export async function runTask(slot: Slot, options: RunTaskOptions): Promise<TaskEnd> {
  const { store, pool, recorder, checkpointSeconds, retryMilliseconds } = options
  const { phase } = slot.task
  let job: TrainerJob | null = null
  const end = await runWithRetries(slot, {
    pool,
    retryMilliseconds,
    resources: () => resourcesToResume(store, phase),
    job: () => (job = jobFor(store, { ...slot, checkpointSeconds })),
    heard: (event) => recorder.trainer(event, { run: slot.run.id, phase }),
    keepsWork: ({ type }) => type === 'checkpoint',
    again: (message, attempt) =>
      recorder.log({
        level: 'warning',
        run: slot.run.id,
        phase: phase.id,
        message: restartMessage(message, attempt),
      }),
  })
  const damaged = end.type === 'failed' && end.code === 'checkpoint-damaged' && job !== null
  return damaged && (await startIsDamaged(job!)) ? { type: 'damaged', message: end.message } : end
}

/**
 * Whether the initial weights of a job are damaged. Training sound weights again would give the same, unusable ones.
 */
async function startIsDamaged(job: TrainerJob): Promise<boolean> {
  const weights = job.kind === 'train' ? job.parent : job.kind === 'evaluate' ? job.checkpoint : null
  return weights !== null && (await isDamaged(weights))
}
