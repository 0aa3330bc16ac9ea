import type { Executor } from '../executor.ts'
import { concludeJob, followJob, type EndedEarly } from './follow-job.ts'
import { createJobSubmitter, type JobSubmitterOptions } from './job-submitter.ts'

/** Has phases trained by jobs of Slurm. Several hosts may want the same phases. */
export function createSlurmExecutor(options: JobSubmitterOptions): Executor {
  const { slurm, stop } = options
  const submitter = createJobSubmitter(options)
  return {
    async attend(tracked, depot) {
      const view = { depot, listing: await slurm.queue(stop) }
      const ended: EndedEarly[] = []
      for (const each of tracked.all()) {
        const early = await followJob(each, view, options)
        if (early !== null) ended.push(early)
      }
      if (ended.length > 0 || tracked.all().some(({ job }) => job === null))
        // While another host is at it, whatever it leaves to be done is done in the next round.
        await submitter.whileOwned(depot, async () => {
          for (const each of ended) await concludeJob(each, depot, options)
          await submitter.submit(tracked.all(), view)
        })
      // A call of sbatch that failed is repeated only some rounds later.
      return tracked.all().some(({ job, missing }) => job === null && missing !== null) ? 'as before' : null
    },
    withdraw: submitter.withdraw,
  }
}
