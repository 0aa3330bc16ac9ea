import { setTimeout } from 'node:timers/promises'
import type { SlurmSettings } from '../../../shared/slurm-settings.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { phaseFolder } from '../../depot/depot.ts'
import { claim, type Claim } from '../../depot/owner.ts'
import { isDone, readResults } from '../../depot/phase-results.ts'
import { readSubmission, removeSubmission } from '../../depot/submission.ts'
import type { QueuedJob, Slurm } from '../../executors/slurm/client.ts'
import { makeFolders } from '../../files/make-folders.ts'
import type { Store } from '../../store/open.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { collectResults } from './collect-results.ts'
import type { Recorder } from './event-recorder.ts'
import { followEvents } from './follow-events.ts'
import { createIdleSignal } from './idle-signal.ts'
import { endOfJob, type JobOutcome } from './slurm-outcome.ts'
import { neededPhases, type NeededPhase } from './needed-phases.ts'
import { applyOutcome, completeRun, taskFailure } from './outcomes.ts'
import type { Scheduler } from './scheduler.ts'
import { submitPhases } from './slurm-submit.ts'
import { isTrained } from './tasks.ts'

export interface SlurmSchedulerOptions {
  store: Store
  recorder: Recorder
  breaker: CircuitBreaker
  slurm: Slurm
  settings: () => SlurmSettings
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
  pollMilliseconds: number
}

/** A phase that runs wait for, and its job while it has one. */
interface Tracked extends NeededPhase {
  job: string | null
  /** Jobs that ended early since the last progress. */
  attempts: number
  /** Steps in its newest checkpoint when its job was submitted. */
  steps: number
  running: boolean
}

/** A job that is cancelled is given this long to write its checkpoint, by Slurm's KillWait usually less. */
const cancelMilliseconds = 60_000

/** Jobs that may end early without progress before their phase fails. */
const mostAttempts = 3

/**
 * Has phases trained by jobs of Slurm, and follows their folders. Nothing but what lies in the depot is needed to go on: the host may
 * end at any time, and several may want the same phases.
 */
export function createSlurmScheduler(options: SlurmSchedulerOptions): Scheduler {
  const { store, recorder, breaker, slurm, settings, pollMilliseconds } = options
  const tracked = new Map<string, Tracked>()
  const idle = createIdleSignal()
  let closed = false
  let changed = true
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  let complaint = ''

  function wake(): void {
    if (closed) return
    clearTimeout(timer)
    working = working.then(round)
  }

  async function round(): Promise<void> {
    if (closed) return
    try {
      if (breaker.reason() === null) await work()
      complaint = ''
    } catch (error) {
      const failure = storeFailureOrMessage(error)
      if (failure !== null) complain(failure)
    }
    clearTimeout(timer)
    if (tracked.size === 0 || breaker.reason() !== null) idle.settle(breaker.reason())
    else if (!closed) timer = globalThis.setTimeout(wake, pollMilliseconds)
  }

  /** Errors of the store stop all queues; what Slurm or the depot refuses is told once and tried again. */
  function storeFailureOrMessage(error: unknown): string | null {
    try {
      return taskFailure(error).message
    } catch (failure) {
      breaker.begin(failure)
      return null
    }
  }

  function complain(message: string): void {
    if (message === complaint) return
    complaint = message
    recorder.log({ level: 'warning', run: null, phase: null, message })
    // Nothing else could tell the run why it waits.
    for (const run of new Set([...tracked.values()].map(({ run }) => run.id)))
      recorder.log({ level: 'warning', run, phase: null, message: `Waiting: ${message}` })
  }

  async function work(): Promise<void> {
    const dropped = changed ? update() : []
    if (dropped.length > 0) await withdraw(dropped)
    if (tracked.size === 0) return
    const depot = depotOf(settings())
    const queue = await slurm.queue()
    for (const each of [...tracked.values()]) await follow(each, { depot, queue })
    await submit(depot)
    if (changed) await work()
  }

  /** Finds the phases that waiting runs need. @returns those with jobs that none needs any more. */
  function update(): Tracked[] {
    changed = false
    for (const run of store.runs.complete()) completeRun(options, run)
    const needed = neededPhases(store)
    const dropped = [...tracked.values()].filter(({ phase }) => !needed.has(phase.id))
    for (const { phase } of dropped) tracked.delete(phase.id)
    for (const [id, each] of needed)
      tracked.set(id, { job: null, attempts: 0, steps: 0, running: false, ...tracked.get(id), ...each })
    return dropped.filter(({ job }) => job !== null)
  }

  /** Cancels jobs, which write a checkpoint, and waits for their end. */
  async function withdraw(dropped: readonly Tracked[]): Promise<void> {
    const depot = depotOf(settings())
    for (const { phase } of dropped) {
      await removeSubmission(phaseFolder(depot, phase.id))
      if (store.phases.get(phase.id)?.status === 'running') store.phases.setStatus(phase.id, 'queued')
    }
    const jobs = dropped.map(({ job }) => job!)
    await slurm.cancel(jobs)
    const end = performance.now() + cancelMilliseconds
    while (performance.now() < end) {
      const queue = await slurm.queue()
      if (!jobs.some((job) => queue.has(job))) return
      await setTimeout(Math.min(500, pollMilliseconds))
    }
  }

  async function follow(
    each: Tracked,
    { depot, queue }: { depot: string; queue: Map<string, QueuedJob> },
  ): Promise<void> {
    const folder = phaseFolder(depot, each.phase.id)
    each.job ??= (await readSubmission(folder))?.job ?? null
    if (each.job === null) return void (await collect(each, depot))
    const queued = queue.get(each.job)
    const running = queued !== undefined && queued.state !== 'PENDING'
    if (running || each.running || queued === undefined) await followEvents(each, { folder, store, recorder })
    if (running !== each.running) setRunning(each, running)
    if (queued === undefined && !(await collect(each, depot))) await conclude(each, folder)
  }

  /** Takes what the depot has of a phase; false where it lacks something. */
  async function collect(each: Tracked, depot: string): Promise<boolean> {
    const { phase, evaluate } = each
    const folder = phaseFolder(depot, phase.id)
    const results = await readResults(folder)
    if (!isDone(results, { evaluate })) return false
    const found = await collectResults({ depot, workspace: store.workspace, phase, results })
    if (found.trained === null) {
      if (found.fault !== null) note(each, `${found.fault} It was set aside, and is computed again.`)
      return false
    }
    await followEvents(each, { folder, store, recorder })
    await removeSubmission(folder)
    const stored = store.phases.get(phase.id)
    if (stored !== null && !isTrained(stored)) apply(each, 'train', found.trained)
    if (found.evaluated !== null) apply(each, 'evaluate', found.evaluated)
    drop(each)
    return true
  }

  /** A job has ended before its phase was done. */
  async function conclude(each: Tracked, folder: string): Promise<void> {
    const known = await readSubmission(folder)
    // Another host has submitted it again.
    if (known !== null && known.job !== each.job) return void (each.job = known.job)
    const withdrawn = known === null
    const outcome = await endOfJob({ slurm, folder, job: each.job!, steps: each.steps, withdrawn })
    if (outcome.progress) each.attempts = 0
    if (outcome.again && ++each.attempts < mostAttempts) {
      note(each, `${outcome.message} It is queued again and resumes from its last checkpoint.`)
      await removeSubmission(folder)
      each.job = null
      return
    }
    await fail(each, folder, outcome)
  }

  async function fail(each: Tracked, folder: string, { code, message }: JobOutcome): Promise<void> {
    await removeSubmission(folder)
    apply(each, 'train', { type: 'failed', code, message })
    drop(each)
  }

  async function submit(depot: string): Promise<void> {
    const open = [...tracked.values()].filter(({ job }) => job === null)
    if (open.length === 0) return
    makeFolders(depot)
    const owner = await claimUnlessTaken(depot)
    // Another host submits just now; its jobs are found in the next round.
    if (owner === null) return
    try {
      const known = new Map([...tracked].flatMap(([id, { job }]) => (job === null ? [] : [[id, job] as const])))
      const jobs = await submitPhases(open, { ...options, known, settings: settings(), depot, now: recorder.now })
      for (const each of open) {
        each.job = jobs.get(each.phase.id) ?? null
        if (each.job === null) continue
        each.steps = (await readResults(phaseFolder(depot, each.phase.id))).steps
        note(each, `Job ${each.job} was submitted.`, 'info')
      }
    } finally {
      await owner.release()
    }
  }

  function apply(each: Tracked, kind: 'train' | 'evaluate', end: Parameters<typeof applyOutcome>[2]): void {
    const context = { store, recorder, closed, repaired: new Set<string>(), parallel: 1 }
    applyOutcome(context, { run: each.run, task: { kind, key: `${kind} ${each.phase.id}`, phase: each.phase } }, end)
  }

  function drop({ phase }: Tracked): void {
    tracked.delete(phase.id)
    changed = true
  }

  function note({ run, phase }: Tracked, message: string, level: 'info' | 'warning' = 'warning'): void {
    recorder.log({ level, run: run.id, phase: phase.id, message })
  }

  function setRunning(each: Tracked, running: boolean): void {
    each.running = running
    const { run, phase } = each
    const status = store.runs.get(run.id)?.status
    // It was paused, stopped or deleted while its job was looked at.
    if (status !== 'queued' && status !== 'running') return
    store.transaction(() => {
      if (!isTrained(phase)) store.phases.setStatus(phase.id, running ? 'running' : 'queued')
      store.runs.setStatus(run.id, running ? 'running' : 'queued')
      if (running) store.runs.setStarted(run.id, recorder.now())
    })
    recorder.runsOf(phase.id)
  }

  async function release(runId: string): Promise<void> {
    working = working.then(round)
    changed = true
    await working
    recorder.runs([runId])
  }

  breaker.add({
    halt: () => idle.settle(breaker.reason()),
    resume() {
      idle.reset()
      changed = true
      wake()
    },
  })

  return {
    wake() {
      idle.reset()
      changed = true
      wake()
    },
    revive() {
      if (!closed) breaker.end()
    },
    release,
    idle: () => idle.reached(),
    async close() {
      closed = true
      clearTimeout(timer)
      await working
      idle.settle(breaker.reason())
    },
  }
}

async function claimUnlessTaken(depot: string): Promise<Claim | null> {
  try {
    return await claim(depot, { what: `The depot ${depot}`, job: null })
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'conflict') return null
    throw error
  }
}

function depotOf({ depot }: SlurmSettings): string {
  if (depot !== null) return depot
  throw new ExitlabError(
    'usage',
    'Slurm needs a depot, a folder that this machine and the nodes share. Set one, such as /nfs/you/depot.',
    { command: ['settings', 'slurm.depot=/nfs/you/depot'] },
  )
}
