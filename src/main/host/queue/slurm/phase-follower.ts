import { phaseFolder } from '../../../depot/depot.ts'
import { isDone, readResults } from '../../../depot/phase-results.ts'
import { readSubmission, removeSubmission } from '../../../depot/submission.ts'
import type { QueuedJob, Slurm } from '../../../executors/slurm/client.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { collectResults } from './collect-results.ts'
import type { Recorder } from '../event-recorder.ts'
import { followEvents } from './follow-events.ts'
import { applyOutcome } from '../outcomes.ts'
import { endOfJob, type JobOutcome } from './job-outcome.ts'
import { isTrained } from '../tasks.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

export interface PhaseFollowerOptions {
  store: Store
  recorder: Recorder
  slurm: Pick<Slurm, 'ended'>
  /** Reads what comparisons need of a run's evaluation. */
  summarise(run: RunRow): Promise<void>
  isClosed(): boolean
  /** A phase is done or failed. */
  settled(phase: TrackedPhase): void
}

/** Depot and queue of the cluster as they are found in a round. */
export interface ClusterView {
  depot: string
  queue: ReadonlyMap<string, QueuedJob>
}

/** Jobs that may end early without progress before their phase fails. */
const mostAttempts = 3

/** Follows the folders and jobs of phases into the store: events, states, results, and why a job ended. */
export function createPhaseFollower(options: PhaseFollowerOptions) {
  const { store, recorder, slurm, summarise, isClosed, settled } = options

  async function follow(each: TrackedPhase, { depot, queue }: ClusterView): Promise<void> {
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
  async function collect(each: TrackedPhase, depot: string): Promise<boolean> {
    const { phase, evaluate } = each
    const folder = phaseFolder(depot, phase.id)
    const results = await readResults(folder)
    if (!isDone(results, { evaluate })) return false
    const found = await collectResults({ depot, workspace: store.workspace, phase, results })
    if (found.trained === null) {
      if (found.fault !== null)
        note(recorder, each, { message: `${found.fault} It was set aside, and is computed again.` })
      return false
    }
    await followEvents(each, { folder, store, recorder })
    await removeSubmission(folder)
    const stored = store.phases.get(phase.id)
    if (stored !== null && !isTrained(stored)) apply(each, 'train', found.trained)
    if (found.evaluated !== null) {
      apply(each, 'evaluate', found.evaluated)
      await summarise(each.run)
    }
    settled(each)
    return true
  }

  /** A job has ended before its phase was done. */
  async function conclude(each: TrackedPhase, folder: string): Promise<void> {
    const known = await readSubmission(folder)
    // Another host has submitted it again.
    if (known !== null && known.job !== each.job) return void (each.job = known.job)
    const withdrawn = known === null
    const outcome = await endOfJob({ slurm, folder, job: each.job!, steps: each.steps, withdrawn })
    if (outcome.progress) each.attempts = 0
    if (outcome.again && ++each.attempts < mostAttempts) {
      const message = `${outcome.message} It is queued again and resumes from its last checkpoint.`
      note(recorder, each, { message })
      await removeSubmission(folder)
      each.job = null
      return
    }
    await fail(each, folder, outcome)
  }

  async function fail(each: TrackedPhase, folder: string, { code, message }: JobOutcome): Promise<void> {
    await removeSubmission(folder)
    apply(each, 'train', { type: 'failed', code, message })
    settled(each)
  }

  function apply(each: TrackedPhase, kind: 'train' | 'evaluate', end: Parameters<typeof applyOutcome>[2]): void {
    const context = { store, recorder, closed: isClosed(), repaired: new Set<string>(), parallel: 1 }
    applyOutcome(context, { run: each.run, task: { kind, key: `${kind} ${each.phase.id}`, phase: each.phase } }, end)
  }

  function setRunning(each: TrackedPhase, running: boolean): void {
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

  return { follow }
}
