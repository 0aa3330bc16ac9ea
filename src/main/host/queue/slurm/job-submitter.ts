import { setTimeout } from 'node:timers/promises'
import type { SlurmSettings } from '../../../../shared/phases/slurm-settings.ts'
import { makeDepot, phaseFolder } from '../../../execution/depot/depot.ts'
import { whileOwned as whileFolderOwned } from '../../../execution/depot/owner.ts'
import { readSubmission, removeSubmission } from '../../../execution/depot/submission.ts'
import type { Slurm } from '../../../execution/executors/slurm/client.ts'
import type { Listing } from '../../../execution/executors/slurm/listing.ts'
import { setRunning, type FollowOptions } from '../depot/follow-phase.ts'
import { submitPhases } from './submit-phases.ts'
import { note, takeJob, type TrackedPhase } from '../depot/tracked-phases.ts'
import { outcomeOfCall } from './unanswered-call.ts'

export interface JobSubmitterOptions extends FollowOptions {
  slurm: Slurm
  settings: () => SlurmSettings
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
}

/** A job that is cancelled is given this long to write its checkpoint, by Slurm's KillWait usually less. */
const cancelMilliseconds = 60_000

/** Submits jobs for phases, and cancels them. */
export function createJobSubmitter(options: JobSubmitterOptions) {
  const { recorder, slurm, settings, pollMilliseconds, stop } = options

  /** Submits the phases that have no job; to be called by the owner of the depot. */
  async function submit(tracked: readonly TrackedPhase[], { depot, listing }: { depot: string; listing: Listing }) {
    const open = tracked.filter(({ job, lacksEpochsSince }) => job === null && lacksEpochsSince === null)
    const submitted = async (each: TrackedPhase, job: string) => {
      await takeJob(each, job, phaseFolder(depot, each.phase.id))
      note(recorder, each, { message: `Job ${job} was submitted.`, level: 'info' })
    }
    const known = tracked.flatMap(({ phase, job }) => (job === null ? [] : [[phase.id, job] as const]))
    const more = { known: new Map(known), listing, settings: settings(), depot, submitted, now: recorder.now }
    await submitPhases(open, { ...options, ...more })
  }

  /**
   * Cancels the jobs of phases, which write a checkpoint, and waits for their end. @returns phases that may still get a job, from a call
   * of sbatch that was not answered.
   */
  async function withdraw(dropped: readonly TrackedPhase[], depot: string): Promise<TrackedPhase[]> {
    const submitted: TrackedPhase[] = []
    for (const each of dropped) if (each.job !== null || (await isUnanswered(each, depot))) submitted.push(each)
    if (submitted.length === 0) return []
    let unsure: TrackedPhase[] = []
    const cancel = async () => void (unsure = await cancelJobs(submitted, depot))
    // Hosts that follow them conclude from the missing submission that they were cancelled on purpose.
    while (!(await whileOwned(depot, cancel))) await setTimeout(pollMilliseconds, undefined, { signal: stop })
    for (const each of submitted) setRunning(each, false, options)
    await ended(submitted.flatMap(({ job }) => job ?? []))
    return unsure
  }

  /** Whether its last call of sbatch was not answered. */
  const isUnanswered = async ({ phase }: TrackedPhase, depot: string) =>
    (await readSubmission(phaseFolder(depot, phase.id)))?.job === null

  /** To be called by the owner of the depot. @returns those that may still get a job. */
  async function cancelJobs(submitted: readonly TrackedPhase[], depot: string): Promise<TrackedPhase[]> {
    const untold = submitted.filter(({ job }) => job === null)
    const listing: Listing = untold.length === 0 ? new Map() : await slurm.queue(stop)
    const unsure: TrackedPhase[] = []
    for (const each of untold) {
      const outcome = await outcomeOfCall(each, { ...options, depot, listing, now: recorder.now })
      if (typeof outcome === 'object') each.job = outcome.job
      else if (outcome === 'unsure') unsure.push(each)
    }
    await slurm.cancel(submitted.flatMap(({ job }) => job ?? []))
    for (const each of submitted)
      if (!unsure.includes(each)) await removeSubmission(phaseFolder(depot, each.phase.id), each.job)
    return unsure
  }

  async function ended(jobs: readonly string[]): Promise<void> {
    const end = performance.now() + cancelMilliseconds
    while (jobs.length > 0 && performance.now() < end && !stop.aborted) {
      const listing = await slurm.queue(stop)
      if (!jobs.some((job) => listing.has(job))) return
      await setTimeout(Math.min(500, pollMilliseconds), undefined, { signal: stop })
    }
  }

  /** Does something as the owner of a depot. @returns false, with nothing done, while another host is. */
  function whileOwned(depot: string, work: () => Promise<void>): Promise<boolean> {
    makeDepot(depot)
    return whileFolderOwned(depot, { what: `The depot ${depot}`, job: null, abandon: stop }, work)
  }

  return { submit, withdraw, whileOwned }
}
