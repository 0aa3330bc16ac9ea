import type { SlurmJobs } from '../../../../shared/phases/slurm-jobs.ts'
import { readSubmission } from '../../../execution/depot/submission.ts'
import type { Slurm } from '../../../execution/executors/slurm/client.ts'
import type { QueuedJob } from '../../../execution/executors/slurm/listing.ts'
import { readFolders } from '../depot/read-folders.ts'
import { taskFailure } from '../outcomes.ts'

/** The jobs that phases have according to their depot, in the order of the phases, and what Slurm says of them. */
export async function slurmJobs(
  phases: readonly string[],
  { slurm, depot }: { slurm: Pick<Slurm, 'queue'>; depot: string | null },
): Promise<SlurmJobs> {
  if (depot === null) return { jobs: [], problem: null }
  const submissions = await readFolders(depot, phases, readSubmission)
  // A call of sbatch without an answer is not a job yet.
  const submitted = submissions.flatMap(({ phase, found }) => (found?.job ? [{ id: found.job, phase }] : []))
  if (submitted.length === 0) return { jobs: [], problem: null }
  try {
    const listing = await slurm.queue()
    return { jobs: submitted.map((job) => ({ ...job, ...stateOf(listing.get(job.id)) })), problem: null }
  } catch (error) {
    const unknown = { state: 'UNKNOWN', reason: null, node: null }
    return { jobs: submitted.map((job) => ({ ...job, ...unknown })), problem: taskFailure(error).message }
  }
}

function stateOf(job: QueuedJob | undefined) {
  if (job === undefined) return { state: null, reason: null, node: null }
  const { state, reason, node } = job
  return { state, reason: node === '' && reason !== 'None' ? reason : null, node: node === '' ? null : node }
}
