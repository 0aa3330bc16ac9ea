import type { DamagedRowError } from '../../store/json-columns.ts'
import type { RunRow } from '../../store/runs.ts'
import { requestStop, newJobHandle } from '../trainers/retry.ts'
import { chooseTasks, type ChosenTask } from './choose-tasks.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { applyOutcome, completeRun, taskFailure, type TaskEnd } from './outcomes.ts'
import { runTask, type RunTaskOptions, type Slot } from './run-task.ts'
import { nextTask } from './tasks.ts'
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
  const slots = new Map<string, Slot>()
  /** Tasks whose initial weights were damaged once and trained again. */
  const repaired = new Set<string>()
  const loop = createWorkLoop({
    breaker,
    start: startRuns,
    isBusy: () => slots.size > 0,
    stop: async () => void (await Promise.all([...slots.values()].map(end))),
    drained: () => void pool.drain(),
  })

  const isOwned = (id: string) => [...slots.values()].some(({ run }) => run.id === id)

  function startRuns(): void {
    for (const run of store.runs.complete()) if (!isOwned(run.id)) completeRun(options, run)
    const room = parallel() - slots.size
    const { chosen, damaged } = chooseTasks(store, { room, isOwned, isTaken: (key) => slots.has(key) })
    for (const { run, error } of damaged) fail(run, error)
    for (const each of chosen) start(each)
    // A run whose task has just finished still has the status `running`.
    for (const run of store.runs.withStatus('running')) if (!isOwned(run.id)) putBack(run)
  }

  function fail(run: RunRow, { code, message }: DamagedRowError): void {
    store.runs.finish(run.id, recorder.now(), { code, message })
    recorder.log({ level: 'error', run: run.id, phase: null, message })
    recorder.runs([run.id])
  }

  function start({ run, task }: ChosenTask): void {
    store.transaction(() => {
      if (task.kind === 'train') store.phases.setStatus(task.phase.id, 'running')
      store.runs.setStatus(run.id, 'running')
      store.runs.setStarted(run.id, recorder.now())
    })
    const slot: Slot = { ...newJobHandle(), task, run, ended: Promise.resolve() }
    slots.set(task.key, slot)
    slot.ended = work(slot)
    recorder.runsOf(task.phase.id)
  }

  async function work(slot: Slot): Promise<void> {
    try {
      const end = await runTask(slot, options).catch(taskFailure)
      if (end.type !== 'evaluated') slots.delete(slot.task.key)
      conclude(slot, end)
      if (end.type === 'evaluated') await options.summarise(slot.run)
      slots.delete(slot.task.key)
    } catch (error) {
      slots.delete(slot.task.key)
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

  function putBack({ id }: RunRow): void {
    store.runs.setStatus(id, 'queued')
    recorder.runs([id])
  }

  function end(slot: Slot): Promise<void> {
    requestStop(slot)
    return slot.ended
  }

  /** Hands a task to another queued run that needs it too. */
  function passOn(slot: Slot): boolean {
    const { key, phase } = slot.task
    const heir = store.runs.ofPhase(phase.id).find((run) => isWaiting(run) && nextTask(store, run)?.key === key)
    if (heir === undefined || slot.ending) return false
    slot.run = heir
    store.runs.setStatus(heir.id, 'running')
    recorder.runsOf(phase.id)
    return true
  }

  const isWaiting = ({ id, status, deletedAt }: RunRow) =>
    deletedAt === null && (status === 'queued' || status === 'running') && !isOwned(id)

  return {
    ...loop,
    async release(runId) {
      const slot = [...slots.values()].find(({ run }) => run.id === runId)
      if (slot !== undefined && !passOn(slot)) await end(slot)
    },
  }
}
