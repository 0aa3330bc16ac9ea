import { setTimeout } from 'node:timers/promises'
import type { SlurmSettings } from '../../../../shared/slurm-settings.ts'
import { ExitlabError } from '../../../../shared/error.ts'
import { phaseFolder } from '../../../depot/depot.ts'
import { claim, type Claim } from '../../../depot/owner.ts'
import { readResults } from '../../../depot/phase-results.ts'
import { removeSubmission } from '../../../depot/submission.ts'
import type { Slurm } from '../../../executors/slurm/client.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import type { Store } from '../../../store/open.ts'
import type { Recorder } from '../event-recorder.ts'
import { submitPhases } from './submit-phases.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

export interface JobSubmitterOptions {
  store: Store
  recorder: Recorder
  slurm: Slurm
  settings: () => SlurmSettings
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
  pollMilliseconds: number
}

/** A job that is cancelled is given this long to write its checkpoint, by Slurm's KillWait usually less. */
const cancelMilliseconds = 60_000

/** Submits jobs for phases, and cancels them. */
export function createJobSubmitter(options: JobSubmitterOptions) {
  const { store, recorder, slurm, settings, pollMilliseconds } = options

  /** Submits the phases that have no job. */
  async function submit(tracked: readonly TrackedPhase[], depot: string): Promise<void> {
    const open = tracked.filter(({ job, lacksEpochsSince }) => job === null && lacksEpochsSince === null)
    if (open.length === 0) return
    makeFolders(depot)
    const owner = await claimUnlessTaken(depot)
    // Another host submits just now; its jobs are found in the next round.
    if (owner === null) return
    try {
      const known = new Map(tracked.flatMap(({ phase, job }) => (job === null ? [] : [[phase.id, job] as const])))
      const jobs = await submitPhases(open, { ...options, known, settings: settings(), depot, now: recorder.now })
      for (const each of open) {
        each.job = jobs.get(each.phase.id) ?? null
        if (each.job === null) continue
        each.steps = (await readResults(phaseFolder(depot, each.phase.id))).steps
        note(recorder, each, { message: `Job ${each.job} was submitted.`, level: 'info' })
      }
    } finally {
      await owner.release()
    }
  }

  /** Cancels jobs, which write a checkpoint, and waits for their end. */
  async function withdraw(dropped: readonly TrackedPhase[], depot: string): Promise<void> {
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

  return { submit, withdraw }
}

async function claimUnlessTaken(depot: string): Promise<Claim | null> {
  try {
    return await claim(depot, { what: `The depot ${depot}`, job: null })
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'conflict') return null
    throw error
  }
}
