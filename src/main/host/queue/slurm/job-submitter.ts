import { setTimeout } from 'node:timers/promises'
import type { SlurmSettings } from '../../../../shared/slurm-settings.ts'
import { phaseFolder } from '../../../depot/depot.ts'
import { whileOwned as whileFolderOwned } from '../../../depot/owner.ts'
import { removeSubmission } from '../../../depot/submission.ts'
import type { Slurm } from '../../../executors/slurm/client.ts'
import type { Listing } from '../../../executors/slurm/listing.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import type { Store } from '../../../store/open.ts'
import type { Recorder } from '../event-recorder.ts'
import type { Patience } from './job-life.ts'
import { submitPhases } from './submit-phases.ts'
import { note, takeJob, type TrackedPhase } from './tracked-phases.ts'

export interface JobSubmitterOptions extends Patience {
  store: Store
  recorder: Recorder
  slurm: Slurm
  settings: () => SlurmSettings
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
  /** Aborted when the host closes. */
  stop: AbortSignal
}

/** A job that is cancelled is given this long to write its checkpoint, by Slurm's KillWait usually less. */
const cancelMilliseconds = 60_000

/** Submits jobs for phases, and cancels them. */
export function createJobSubmitter(options: JobSubmitterOptions) {
  const { store, recorder, slurm, settings, pollMilliseconds, stop } = options

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

  /** Cancels jobs, which write a checkpoint, and waits for their end. */
  async function withdraw(dropped: readonly TrackedPhase[], depot: string): Promise<void> {
    const jobs = dropped.map(({ job }) => job!)
    const cancel = async () => {
      await slurm.cancel(jobs)
      for (const { phase, job } of dropped) await removeSubmission(phaseFolder(depot, phase.id), job)
    }
    // Hosts that follow them conclude from the missing submission that they were cancelled on purpose.
    while (!(await whileOwned(depot, cancel))) await setTimeout(pollMilliseconds, undefined, { signal: stop })
    for (const { phase } of dropped)
      if (store.phases.get(phase.id)?.status === 'running') store.phases.setStatus(phase.id, 'queued')
    const end = performance.now() + cancelMilliseconds
    while (performance.now() < end && !stop.aborted) {
      const listing = await slurm.queue(stop)
      if (!jobs.some((job) => listing.has(job))) return
      await setTimeout(Math.min(500, pollMilliseconds), undefined, { signal: stop })
    }
  }

  /** Does something as the owner of a depot. @returns false, with nothing done, while another host is. */
  function whileOwned(depot: string, work: () => Promise<void>): Promise<boolean> {
    makeFolders(depot)
    return whileFolderOwned(depot, { what: `The depot ${depot}`, job: null, abandon: stop }, work)
  }

  return { submit, withdraw, whileOwned }
}
