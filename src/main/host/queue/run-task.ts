import type { TrainerJob } from '../../../shared/trainer.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { startIsDamaged } from './verify-inputs.ts'
import type { TaskEnd } from './outcomes.ts'
import { persevere, type Effort, type PersevereOptions } from '../trainers/retry.ts'
import { threadsOfChain } from '../runs/recorded-threads.ts'
import type { Recorder } from './event-recorder.ts'
import { jobFor, type Task } from './tasks.ts'

export interface AttemptOptions extends Pick<PersevereOptions, 'pool' | 'retryMilliseconds'> {
  store: Store
  recorder: Recorder
  checkpointSeconds: number
}

/** A task that is being done on behalf of a run. */
export interface Slot extends Effort {
  task: Task
  run: RunRow
  ended: Promise<void>
}

/** Does a task, again after a crash as often as that is worth it. Fails with what could not be written down on the way. */
export async function attempt(slot: Slot, options: AttemptOptions): Promise<TaskEnd> {
  const { store, pool, recorder, checkpointSeconds, retryMilliseconds } = options
  const { phase } = slot.task
  let job: TrainerJob | null = null
  const end = await persevere(slot, {
    pool,
    retryMilliseconds,
    threads: () => threadsOfChain(store, phase),
    job: () => (job = jobFor(store, { ...slot, checkpointSeconds })),
    heard: (event) => recorder.trainer(event, { run: slot.run.id, phase }),
    keepsWork: ({ type }) => type === 'checkpoint',
    again: (message, attempt) =>
      recorder.log({
        level: 'warning',
        run: slot.run.id,
        phase: phase.id,
        message: `${message}\nIt is started again from the last checkpoint (attempt ${attempt}).`,
      }),
  })
  const damaged = end.type === 'failed' && end.code === 'checkpoint-damaged' && job !== null
  return damaged && (await startIsDamaged(job!)) ? { type: 'damaged', message: end.message } : end
}
