import { beatOf } from '../../../depot/owner.ts'
import type { Slurm } from '../../../executors/slurm/client.ts'
import { hasEnded, type JobRecord } from '../../../executors/slurm/job-record.ts'
import type { Patience } from '../depot/follow-phase.ts'
import { missingFor, type TrackedPhase } from '../depot/tracked-phases.ts'

interface JobLifeOptions extends Patience {
  slurm: Pick<Slurm, 'job'>
  folder: string
  stop: AbortSignal
}

/**
 * What became of a job that a complete listing lacks, which may be older than the job, or lack it for a reason of its own. It is dead
 * only where Slurm says that it has ended; or where Slurm does not know it, two listings lack it and its folder shows no beat.
 */
export async function lifeOf(
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
