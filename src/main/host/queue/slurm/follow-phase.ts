import { phaseFolder } from '../../../depot/depot.ts'
import { isDone, readResults } from '../../../depot/phase-results.ts'
import { readSubmission, removeSubmission } from '../../../depot/submission.ts'
import type { JobRecord } from '../../../executors/slurm/job-record.ts'
import type { Listing } from '../../../executors/slurm/listing.ts'
import type { Slurm } from '../../../executors/slurm/client.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { collectResults } from './collect-results.ts'
import type { Recorder } from '../event-recorder.ts'
import { followEvents } from './follow-events.ts'
import { applyOutcome, type TaskEnd } from '../outcomes.ts'
import { lifeOf, type Patience } from './job-life.ts'
import { endOfJob, type JobOutcome } from './job-outcome.ts'
import { lackOfEpochs } from './lack-of-epochs.ts'
import { isTrained } from '../tasks.ts'
import { note, takeJob, type TrackedPhase } from './tracked-phases.ts'

export interface FollowOptions extends Patience {
  store: Store
  recorder: Recorder
  slurm: Pick<Slurm, 'job'>
  /** Reads what comparisons need of a run's evaluation. */
  summarise(run: RunRow): Promise<void>
  /** Aborted when the host closes. */
  stop: AbortSignal
  /** A phase is done or failed. */
  settled(phase: TrackedPhase): void
}

/** Depot and queue of the cluster as they are found in a round. */
export interface ClusterView {
  depot: string
  listing: Listing
}

/** A phase whose job has ended before the phase was done. */
export interface EndedEarly {
  each: TrackedPhase
  job: string
  /** Null: Slurm has forgotten it. */
  record: JobRecord | null
}

/** Jobs that may end early without progress before their phase fails. */
const mostAttempts = 3

/** Follows the folder and the job of a phase into the store: events, states and results. @returns its job if that is dead. */
export async function followPhase(
  each: TrackedPhase,
  { depot, listing }: ClusterView,
  options: FollowOptions,
): Promise<EndedEarly | null> {
  const folder = phaseFolder(depot, each.phase.id)
  if (each.job === null) await takeJob(each, (await readSubmission(folder))?.job ?? null, folder)
  const { job } = each
  const listed = job === null ? undefined : listing.get(job)
  if (listed !== undefined) {
    each.missing = null
    await followRunning(each, listed, { ...options, folder })
    return null
  }
  if (job !== null) await followEvents(each, { ...options, folder })
  if ((await collect(each, depot, options)) || job === null) return null
  const { isDead, record } = await lifeOf(each, job, { ...options, folder })
  if (isDead) return { each, job, record }
  if (record !== null) await followRunning(each, record, { ...options, folder })
  return null
}

async function followRunning(
  each: TrackedPhase,
  { state }: { state: string },
  options: FollowOptions & { folder: string },
): Promise<void> {
  const running = state !== 'PENDING'
  if (running || each.running) await followEvents(each, options)
  if (running !== each.running) setRunning(each, running, options)
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
  if (lack?.isFinal) fail(each, { code: 'disk', ...lack }, options)
  if (lack !== null) return true
  const found = await collectResults({ depot, workspace: store.workspace, phase, results })
  if (found.trained === null) {
    if (found.fault !== null)
      note(recorder, each, { message: `${found.fault} It was set aside, and is computed again.` })
    return false
  }
  await removeSubmission(folder, each.job)
  const stored = store.phases.get(phase.id)
  if (stored !== null && !isTrained(stored)) apply(each, { kind: 'train', end: found.trained }, options)
  if (found.evaluated !== null) {
    apply(each, { kind: 'evaluate', end: found.evaluated }, options)
    await summarise(each.run)
  }
  settled(each)
  return true
}

/** Has a phase whose job is dead submitted again, or fails it; to be called by the owner of the depot. */
export async function concludeJob(
  { each, job, record }: EndedEarly,
  depot: string,
  options: FollowOptions,
): Promise<void> {
  const folder = phaseFolder(depot, each.phase.id)
  const known = await readSubmission(folder)
  // Another host has submitted it again.
  if (known !== null && known.job !== job) return takeJob(each, known.job, folder)
  const outcome = await endOfJob({ folder, job, record, steps: each.steps, withdrawn: known === null })
  if (outcome.progress) each.attempts = 0
  await removeSubmission(folder, job)
  if (!outcome.again || ++each.attempts >= mostAttempts) return fail(each, outcome, options)
  const { steps } = await readResults(folder)
  const next = steps > 0 ? ' and resumes from its last checkpoint' : ''
  note(options.recorder, each, { message: `${outcome.message} It is queued again${next}.` })
  each.job = null
}

type Failure = Pick<JobOutcome, 'code' | 'message' | 'remedy'>

function fail(each: TrackedPhase, { code, message, remedy }: Failure, options: FollowOptions): void {
  const told = remedy === null ? message : `${message} ${remedy}`
  apply(each, { kind: 'train', end: { type: 'failed', code, message: told } }, options)
  options.settled(each)
}

function apply(
  { run, phase }: TrackedPhase,
  { kind, end }: { kind: 'train' | 'evaluate'; end: TaskEnd },
  { store, recorder, stop }: FollowOptions,
): void {
  const context = { store, recorder, closed: stop.aborted, repaired: new Set<string>(), parallel: 1 }
  applyOutcome(context, { run, task: { kind, key: `${kind} ${phase.id}`, phase } }, end)
}
