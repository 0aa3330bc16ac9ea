import { DamagedRowError } from '../../store/json-columns.ts'
import type { RunRow } from '../../store/runs.ts'
import { runTask, type RunTaskOptions, type Slot } from './run-task.ts'
import { applyOutcome, completeRun, taskFailure, type TaskEnd } from './outcomes.ts'
import { requestStop, newJobHandle } from '../trainers/retry.ts'
import { createIdleSignal } from './idle-signal.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { nextTask, type Task } from './tasks.ts'

export interface SchedulerOptions extends RunTaskOptions {
  breaker: CircuitBreaker
  /** Number of tasks done at once; lowering it does not interrupt running tasks. */
  parallel: () => number
}

/** Works through the queued runs, in their order, a task at a time. */
export interface Scheduler {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void
  /**
   * Resumes a queue that the circuit breaker stopped; to be called before anything is queued. @throws ExitlabError while the
   * store still cannot be written.
   */
  revive(): void
  /** Detaches a run from its task, which stops with a checkpoint unless another run needs it too. */
  release(runId: string): Promise<void>
  /** Resolves when there is nothing left to do; fails when the queue had to stop. */
  idle(): Promise<void>
  /** Stops every task with a checkpoint; running runs are queued again. */
  close(): Promise<void>
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, pool, recorder, breaker, parallel } = options
  const slots = new Map<string, Slot>()
  /** Tasks whose initial weights were damaged once and trained again. */
  const repaired = new Set<string>()
  let closed = false
  const idle = createIdleSignal()

  const owned = (id: string) => [...slots.values()].some(({ run }) => run.id === id)

  function wake(): void {
    if (closed) return
    if (breaker.reason() === null) guard(startRuns)
    if (slots.size === 0) settle()
  }

  function startRuns(): void {
    for (const run of store.runs.complete()) if (!owned(run.id)) completeRun(options, run)
    for (const { run, task } of choose()) start(run, task)
    // A run whose task has just finished still has the status `running`.
    for (const run of store.runs.withStatus('running')) if (!owned(run.id)) putBack(run)
  }

  /** The first runs of the queue whose next task is not running, up to the free capacity. */
  function choose(): { run: RunRow; task: Task }[] {
    const chosen = new Map<string, { run: RunRow; task: Task }>()
    const room = parallel() - slots.size
    if (room <= 0) return []
    const damaged: { run: RunRow; error: DamagedRowError }[] = []
    for (const run of store.runs.waiting()) {
      const task = owned(run.id) ? null : nextTaskOrDamage(run)
      if (task instanceof DamagedRowError) damaged.push({ run, error: task })
      else if (task !== null && !slots.has(task.key) && !chosen.has(task.key)) chosen.set(task.key, { run, task })
      if (chosen.size === room) break
    }
    for (const { run, error } of damaged) fail(run, error)
    return [...chosen.values()]
  }

  /** A run that cannot be read fails alone; others continue. */
  function nextTaskOrDamage(run: RunRow): Task | DamagedRowError | null {
    try {
      return nextTask(store, run)
    } catch (error) {
      if (error instanceof DamagedRowError) return error
      throw error
    }
  }

  function fail(run: RunRow, { code, message }: DamagedRowError): void {
    store.runs.finish(run.id, recorder.now(), { code, message })
    recorder.log({ level: 'error', run: run.id, phase: null, message })
    recorder.runs([run.id])
  }

  function start(run: RunRow, task: Task): void {
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
      slots.delete(slot.task.key)
      conclude(slot, end)
    } catch (error) {
      slots.delete(slot.task.key)
      breaker.begin(error)
    }
    wake()
  }

  function conclude(slot: Slot, end: TaskEnd): void {
    const context = { store, recorder, closed, repaired, parallel: parallel() }
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
    deletedAt === null && (status === 'queued' || status === 'running') && !owned(id)

  async function release(runId: string): Promise<void> {
    const slot = [...slots.values()].find(({ run }) => run.id === runId)
    if (slot !== undefined && !passOn(slot)) await end(slot)
  }

  function settle(): void {
    idle.settle(breaker.reason())
    void pool.drain()
  }

  breaker.add({
    halt() {
      for (const slot of slots.values()) void end(slot)
      if (slots.size === 0) settle()
    },
    resume() {
      idle.reset()
      wake()
    },
  })

  function guard(body: () => void): void {
    try {
      body()
    } catch (error) {
      breaker.begin(error)
    }
  }

  return {
    wake() {
      idle.reset()
      wake()
    },
    revive() {
      if (!closed) breaker.end()
    },
    release,
    idle: () => idle.reached(),
    async close() {
      closed = true
      await Promise.all([...slots.values()].map(end))
      settle()
    },
  }
}
