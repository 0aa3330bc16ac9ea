import { phaseFolder } from '../../../execution/depot/depot.ts'
import { readSubmission, writeSubmission } from '../../../execution/depot/submission.ts'
import { jobOfTask, type Listing } from '../../../execution/executors/slurm/listing.ts'
import { missingFor, type TrackedPhase } from '../depot/tracked-phases.ts'

interface CallOptions {
  depot: string
  listing: Listing
  patienceMilliseconds: number
  now: () => number
}

/**
 * What has come of the last call of sbatch for a phase without a known job: `none`, and none comes of it; `unsure`, one may still show;
 * the `job` that it was not told, which is found by its name and noted; or, `taken`, another host knows its job. To be called by the
 * owner of the depot.
 */
export async function outcomeOfCall(
  each: TrackedPhase,
  { depot, listing, patienceMilliseconds, now }: CallOptions,
): Promise<{ job: string } | 'none' | 'unsure' | 'taken'> {
  const folder = phaseFolder(depot, each.phase.id)
  const submission = await readSubmission(folder)
  if (submission === null) return 'none'
  const { task, job } = submission
  if (job !== null || task === null) return 'taken'
  const found = jobOfTask(listing, task)
  if (found === null) return missingFor(each, task, null) >= patienceMilliseconds ? 'none' : 'unsure'
  await writeSubmission(folder, { task, job: found, at: now() })
  return { job: found }
}
