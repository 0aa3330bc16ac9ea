import { phaseFolder } from '../../../execution/depot/depot.ts'
import { readResults } from '../../../execution/depot/phase-results.ts'
import { readSubmission, removeSubmission } from '../../../execution/depot/submission.ts'
import { type JobRecord, hasEnded } from '../../../execution/executors/slurm/job-record.ts'
import type { Listing } from '../../../execution/executors/slurm/listing.ts'
import type { Slurm } from '../../../execution/executors/slurm/client.ts'
import { beatOf } from '../../../execution/depot/watch-owner.ts'
import { followEvents } from '../depot/follow-events.ts'
import { collectPhase, failPhase, setRunning, type FollowOptions, type Patience } from '../depot/follow-phase.ts'
import { note, takeJob, type TrackedPhase, missingFor } from '../depot/tracked-phases.ts'
import { endOfJob } from './job-outcome.ts'

interface FollowJobOptions extends FollowOptions {
  slurm: Pick<Slurm, 'job'>
}

/** Depot and queue of the cluster as they are found in a round. */
interface ClusterView {
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
export async function followJob(
  each: TrackedPhase,
  { depot, listing }: ClusterView,
  options: FollowJobOptions,
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
  if ((await collectPhase(each, depot, options)) || job === null) return null
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
  setRunning(each, running, options)
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
  const { code, message, remedy } = outcome
  if (!outcome.again || ++each.attempts >= mostAttempts)
    return failPhase(each, { code, message: remedy === null ? message : `${message} ${remedy}` }, options)
  const { steps } = await readResults(folder)
  const next = steps > 0 ? ' and resumes from its last checkpoint' : ''
  note(options.recorder, each, { message: `${message} It is queued again${next}.` })
  each.job = null
}

interface JobLifeOptions extends Patience {
  slurm: Pick<Slurm, 'job'>
  folder: string
  stop: AbortSignal
}

/**
 * What became of a job that a complete listing lacks, which may be older than the job, or lack it for a reason of its own. It is dead
 * only where Slurm says that it has ended; or where Slurm does not know it, two listings lack it and its folder shows no beat.
 */
async function lifeOf(
  each: TrackedPhase,
  job: string,
  { slurm, folder, stop, pollMilliseconds, patienceMilliseconds }: JobLifeOptions,
): Promise<{ isDead: boolean; record: JobRecord | null }> {
  const record = await slurm.job(job, stop)
  if (record !== null) return { isDead: hasEnded(record), record }
  const beat = await beatOf(folder)
  const patience = beat === null ? pollMilliseconds : patienceMilliseconds
  return { isDead: missingFor(each, job, beat) >= patience, record }
}
