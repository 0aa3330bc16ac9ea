import type { TrainerJob } from '../../../shared/trainer.ts'
import { faultOf } from '../file-fault.ts'

/**
 * Whether the weights that a job starts from are no longer those that were written. Weights that are, and still cannot be
 * used, would be the same again.
 */
export async function startIsDamaged(job: TrainerJob): Promise<boolean> {
  const weights = job.kind === 'train' ? job.parent : job.kind === 'evaluate' ? job.checkpoint : null
  return weights !== null && (await faultOf(weights.file, weights.sha256)) !== null
}
