import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { startIsDamaged } from './damage.ts'
import type { TaskEnd } from './outcomes.ts'
import type { Recorder } from './record.ts'
import { jobFor, type Task } from './tasks.ts'
import type { TrainerPool } from './trainer-pool.ts'
import type { TrainerProcess } from './trainer-process.ts'

export interface AttemptOptions {
  store: Store
  pool: TrainerPool
  recorder: Recorder
  checkpointSeconds: number
  /** Waits before a crashed job is tried again; after the last it has failed. A checkpoint in between starts them anew. */
  retryMilliseconds: readonly number[]
}

/** A task that is being done on behalf of a run. */
export interface Slot {
  task: Task
  run: RunRow
  trainer: TrainerProcess | null
  /** Set when the task is to end as soon as it can. */
  ending: boolean
  /** Cuts the wait before a retry short. */
  hurry: () => void
  ended: Promise<void>
}

/** Does a task, again after a crash as often as that is worth it. Fails with what could not be written down on the way. */
export async function attempt(slot: Slot, options: AttemptOptions): Promise<TaskEnd> {
  const { store, pool, recorder, checkpointSeconds, retryMilliseconds } = options
  for (let crashes = 0; ;) {
    const job = slot.ending ? null : jobFor(store, { ...slot, checkpointSeconds })
    if (job === null) return { type: 'paused' }
    const trainer = (slot.trainer = pool.take())
    const end = await trainer
      .run(job, (event) => {
        if (event.type === 'checkpoint') crashes = 0
        recorder.trainer(event, { run: slot.run.id, phase: slot.task.phase })
      })
      .finally(() => {
        slot.trainer = null
        pool.giveBack(trainer)
      })
    if (end.type === 'failed' && end.code === 'checkpoint-damaged' && (await startIsDamaged(job)))
      return { type: 'damaged', message: end.message }
    if (end.type !== 'crashed') return end
    // It was to end with a checkpoint: the one before stands.
    if (slot.ending) return { type: 'paused' }
    const wait = retryMilliseconds[crashes++]
    if (wait === undefined) return end
    recorder.log({
      level: 'warning',
      run: slot.run.id,
      phase: slot.task.phase.id,
      message: `${end.message}\nIt is started again from the last checkpoint (attempt ${crashes + 1}).`,
    })
    await pauseBefore(slot, wait)
  }
}

function pauseBefore(slot: Slot, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    slot.hurry = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
