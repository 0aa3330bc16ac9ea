import type { RunRow } from '../../store/runs.ts'
import { newJobHandle } from '../trainers/retry.ts'
import { chooseHeir, chooseTasks, type ChosenTask } from './choose-tasks.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { applyOutcome, taskFailure, type TaskEnd } from './outcomes.ts'
import { completeRun, failRun, putBackRun, startRun } from './run-states.ts'
import { runTask, type RunTaskOptions } from './run-task.ts'
import { createSlots, type Slot, stopSlot } from './slots.ts'
import { createWorkLoop, type WorkLoop } from './work-loop.ts'

export interface SchedulerOptions extends RunTaskOptions {
  breaker: CircuitBreaker
  /** Number of tasks done at once; lowering it does not interrupt running tasks. */
  parallel: () => number
  /** Reads what comparisons need of a run's evaluation, while its file is still in the system's memory. */
  summarise(run: RunRow): Promise<void>
}

/** Works through the queued runs, in their order, a task at a time. `close` queues running runs again. */
export interface Scheduler extends Pick<WorkLoop, 'wake' | 'revive' | 'idle' | 'close'> {
  /** Detaches a run from its task, which stops with a checkpoint unless another run needs it too. */
  release(runId: string): Promise<void>
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, pool, recorder, breaker, parallel } = options
  const slots = createSlots()
  /** Tasks whose initial weights were damaged once and trained again. */
  const repaired = new Set<string>()
  const loop = createWorkLoop({
    breaker,
    start: startTasks,
    isBusy: () => slots.count() > 0,
    stop: slots.stop,
    drained: () => void pool.drain(),
  })

  function startTasks(): void {
    for (const run of store.runs.complete()) if (!slots.isOwned(run.id)) completeRun(options, run)
    const { chosen, refused } = chooseTasks(store, { room: parallel() - slots.count(), ...slots })
    for (const { run, error } of refused) failRun(options, run, error)
    for (const each of chosen) start(each)
    // A run whose task has just finished still has the status `running`.
    for (const run of store.runs.withStatus('running')) if (!slots.isOwned(run.id)) putBackRun(options, run)
  }

  function start(chosen: ChosenTask): void {
    startRun(options, chosen)
    const slot: Slot = { ...newJobHandle(), ...chosen, ended: Promise.resolve() }
    slots.add(slot)
    slot.ended = work(slot)
    recorder.runsOf(slot.task.phase.id)
  }

  async function work(slot: Slot): Promise<void> {
    try {
      const end = await runTask(slot, options).catch(taskFailure)
      if (end.type !== 'evaluated') slots.remove(slot)
      conclude(slot, end)
      if (end.type === 'evaluated') await options.summarise(slot.run)
      slots.remove(slot)
    } catch (error) {
      slots.remove(slot)
      breaker.begin(error)
    }
    loop.next()
  }

  function conclude(slot: Slot, end: TaskEnd): void {
    const context = { store, recorder, closed: loop.isClosed(), repaired, parallel: parallel() }
    try {
      applyOutcome(context, slot, end)
    } catch (error) {
      applyOutcome(context, slot, taskFailure(error))
    }
  }

  /** Hands a task to another run that needs it too. */
  function passOn(slot: Slot): boolean {
    const heir = chooseHeir(store, slot.task, slots)
    if (heir === undefined || slot.ending) return false
    slot.run = heir
    store.runs.setStatus(heir.id, 'running')
    recorder.runsOf(slot.task.phase.id)
    return true
  }

  return {
    ...loop,
    async release(runId) {
      const slot = slots.ofRun(runId)
      if (slot !== undefined && !passOn(slot)) await stopSlot(slot)
    },
  }
}
