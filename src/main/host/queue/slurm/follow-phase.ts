import { phaseFolder } from '../../../depot/depot.ts'
import { isDone, readResults } from '../../../depot/phase-results.ts'
import { readSubmission, removeSubmission } from '../../../depot/submission.ts'
import type { QueuedJob, Slurm } from '../../../executors/slurm/client.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { collectResults } from './collect-results.ts'
import type { Recorder } from '../event-recorder.ts'
import { followEvents } from './follow-events.ts'
import { applyOutcome, type TaskEnd } from '../outcomes.ts'
import { endOfJob, type JobOutcome } from './job-outcome.ts'
import { lackOfEpochs } from './lack-of-epochs.ts'
import { isTrained } from '../tasks.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

export interface FollowOptions {
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

/** Follows the folder and the job of a phase into the store: events, states, results, and why the job ended. */
export async function followPhase(
  each: TrackedPhase,
  { depot, queue }: ClusterView,
  options: FollowOptions,
): Promise<void> {
  const folder = phaseFolder(depot, each.phase.id)
  each.job ??= (await readSubmission(folder))?.job ?? null
  if (each.job === null) return void (await collect(each, depot, options))
  const queued = queue.get(each.job)
  const running = queued !== undefined && queued.state !== 'PENDING'
  if (running || each.running || queued === undefined) await followEvents(each, { ...options, folder })
  if (running !== each.running) setRunning(each, running, options)
  if (queued === undefined && !(await collect(each, depot, options))) await conclude(each, folder, options)
}

function setRunning(each: TrackedPhase, running: boolean, { store, recorder }: FollowOptions): void {
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

/** Takes what the depot has of a phase, or waits for the rest of its events; false where it lacks results. */
async function collect(each: TrackedPhase, depot: string, options: FollowOptions): Promise<boolean> {
  const { store, recorder, summarise, settled } = options
  const { phase, evaluate } = each
  const folder = phaseFolder(depot, phase.id)
  const results = await readResults(folder)
  if (!isDone(results, { evaluate })) return false
  const lack = await lackOfEpochs(each, { ...options, folder, results })
  if (lack?.isFinal) fail(each, { code: 'disk', message: lack.message }, options)
  if (lack !== null) return true
  const found = await collectResults({ depot, workspace: store.workspace, phase, results })
  if (found.trained === null) {
    if (found.fault !== null)
      note(recorder, each, { message: `${found.fault} It was set aside, and is computed again.` })
    return false
  }
  await removeSubmission(folder)
  const stored = store.phases.get(phase.id)
  if (stored !== null && !isTrained(stored)) apply(each, { kind: 'train', end: found.trained }, options)
  if (found.evaluated !== null) {
    apply(each, { kind: 'evaluate', end: found.evaluated }, options)
    await summarise(each.run)
  }
  settled(each)
  return true
}

/** A job has ended before its phase was done. */
async function conclude(each: TrackedPhase, folder: string, options: FollowOptions): Promise<void> {
  const known = await readSubmission(folder)
  // Another host has submitted it again.
  if (known !== null && known.job !== each.job) return void (each.job = known.job)
  const { slurm, recorder } = options
  const outcome = await endOfJob({ slurm, folder, job: each.job!, steps: each.steps, withdrawn: known === null })
  if (outcome.progress) each.attempts = 0
  await removeSubmission(folder)
  if (!outcome.again || ++each.attempts >= mostAttempts) return fail(each, outcome, options)
  const message = `${outcome.message} It is queued again and resumes from its last checkpoint.`
  note(recorder, each, { message })
  each.job = null
}

type Failure = Pick<JobOutcome, 'code' | 'message'>

function fail(each: TrackedPhase, { code, message }: Failure, options: FollowOptions): void {
  apply(each, { kind: 'train', end: { type: 'failed', code, message } }, options)
  options.settled(each)
}

function apply(
  { run, phase }: TrackedPhase,
  { kind, end }: { kind: 'train' | 'evaluate'; end: TaskEnd },
  { store, recorder, isClosed }: FollowOptions,
): void {
  const context = { store, recorder, closed: isClosed(), repaired: new Set<string>(), parallel: 1 }
  applyOutcome(context, { run, task: { kind, key: `${kind} ${phase.id}`, phase } }, end)
}
