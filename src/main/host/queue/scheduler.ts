import { ExitlabError } from '../../../shared/error.ts'
import type { RunStatus } from '../../../shared/runs.ts'
import type { TrainerEvent } from '../../../shared/trainer.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { EventLog } from '../event-log.ts'
import { applyOutcome } from './outcomes.ts'
import type { Recorder } from './record.ts'
import { jobFor, nextTask, type Task } from './tasks.ts'
import type { TrainerPool } from './trainer-pool.ts'
import type { JobEnd, TrainerProcess } from './trainer-process.ts'

export interface SchedulerOptions {
  store: Store
  pool: TrainerPool
  recorder: Recorder
  events: EventLog
  /** Tasks done at once. */
  parallel: number
  checkpointSeconds: number
  /** Waits before a crashed job is tried again; after the last it has failed. A checkpoint in between starts them anew. */
  retryMilliseconds: readonly number[]
  onReady(event: Extract<TrainerEvent, { type: 'ready' }>): void
}

/** Works through the queued runs, in their order, a task at a time. */
export interface Scheduler {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void
  /** Takes a run off its task, which ends with a checkpoint unless another run can carry it on. */
  release(runId: string): Promise<void>
  /** Resolves when there is nothing left to do; fails when the queue had to stop. */
  idle(): Promise<void>
  /** Ends every task with a checkpoint; what was running is queued again. */
  close(): Promise<void>
}

/** A task that is being done on behalf of a run. */
interface Slot {
  task: Task
  run: RunRow
  trainer: TrainerProcess | null
  /** Set when the task is to end as soon as it can. */
  ending: boolean
  /** Cuts the wait before a retry short. */
  hurry: () => void
  ended: Promise<void>
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, pool, recorder, events, parallel, retryMilliseconds } = options
  const slots = new Map<string, Slot>()
  let closed = false
  let broken: { error: unknown } | null = null
  let idle = Promise.withResolvers<void>()
  idle.promise.catch(() => {})

  const owners = () => new Set([...slots.values()].map(({ run }) => run.id))
  /** Runs that nobody works for, in order. One that has just ended a task is still called running. */
  const candidates = () => store.runs.withStatus('queued', 'running').filter(({ id }) => !owners().has(id))

  function wake(): void {
    if (closed || broken !== null) return
    guard(() => {
      for (const run of candidates()) advance(run)
    })
    if (slots.size === 0) settle()
  }

  function advance(run: RunRow): void {
    const task = nextTask(store, run)
    if (task === null) return setStatus(run, 'done')
    if (slots.size < parallel && !slots.has(task.key)) start(run, task)
    else if (run.status === 'running') setStatus(run, 'queued')
  }

  function start(run: RunRow, task: Task): void {
    const slot: Slot = { task, run, trainer: null, ending: false, hurry: () => {}, ended: Promise.resolve() }
    slots.set(task.key, slot)
    store.transaction(() => {
      if (task.kind === 'train') store.phases.setStatus(task.phase.id, 'running')
      store.runs.setStatus(run.id, 'running')
      store.runs.setStarted(run.id, options.recorder.now())
    })
    recorder.runsOf(task.phase.id)
    slot.ended = work(slot)
  }

  async function work(slot: Slot): Promise<void> {
    try {
      const end = await attempt(slot)
      slots.delete(slot.task.key)
      guard(() => applyOutcome({ store, recorder, closed }, slot, end))
    } catch (error) {
      slots.delete(slot.task.key)
      breakDown(error)
    }
    wake()
  }

  /** Does a task, again after a crash as often as that is worth it. */
  async function attempt(slot: Slot): Promise<JobEnd> {
    for (let crashes = 0; ;) {
      if (slot.ending) return { type: 'paused' }
      const trainer = (slot.trainer = pool.take())
      const job = jobFor(store, { ...slot, checkpointSeconds: options.checkpointSeconds })
      const end = await trainer.run(job, (event) => {
        if (event.type === 'checkpoint') crashes = 0
        if (event.type === 'ready') options.onReady(event)
        recorder.trainer(event, { run: slot.run.id, phase: slot.task.phase })
      })
      slot.trainer = null
      pool.giveBack(trainer)
      if (end.type !== 'crashed' || slot.ending) return end
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

  function setStatus(run: RunRow, status: RunStatus): void {
    store.transaction(() => {
      store.runs.setStatus(run.id, status)
      if (status === 'done') store.runs.setFinished(run.id, recorder.now())
    })
    recorder.runs([run.id])
  }

  function end(slot: Slot): Promise<void> {
    slot.ending = true
    slot.trainer?.pause()
    slot.hurry()
    return slot.ended
  }

  /** Hands a task to another queued run that needs it too. */
  function passOn(slot: Slot): boolean {
    const heir = candidates().find((run) => run.id !== slot.run.id && nextTask(store, run)?.key === slot.task.key)
    if (heir === undefined || slot.ending) return false
    slot.run = heir
    setStatus(heir, 'running')
    return true
  }

  async function release(runId: string): Promise<void> {
    const slot = [...slots.values()].find(({ run }) => run.id === runId)
    if (slot !== undefined && !passOn(slot)) await end(slot)
  }

  function settle(): void {
    if (broken !== null) idle.reject(broken.error)
    else idle.resolve()
    void pool.drain()
  }

  /** The store cannot be written any more: nothing can be promised, so nothing goes on. */
  function breakDown(error: unknown): void {
    broken ??= { error: store.explain(error) }
    events.fail(broken.error)
    for (const slot of slots.values()) void end(slot)
    if (slots.size === 0) settle()
  }

  function guard(body: () => void): void {
    try {
      body()
    } catch (error) {
      breakDown(error)
    }
  }

  return {
    wake() {
      if (broken !== null)
        throw new ExitlabError('conflict', `The queue has stopped: ${(broken.error as Error).message}`)
      idle = Promise.withResolvers()
      idle.promise.catch(() => {})
      wake()
    },
    release,
    idle: () => idle.promise,
    async close() {
      closed = true
      await Promise.all([...slots.values()].map(end))
      await pool.close()
      settle()
    },
  }
}
