import type { TrainerJob } from '../../../shared/trainer.ts'
import { faultOf, weightsMarks } from '../../files/verified-file.ts'

/**
 * Whether the weights that a job starts from are no longer those that its phase wrote. Weights that are, and still cannot be
 * used, would be the same again.
 */
export async function startIsDamaged(job: TrainerJob): Promise<boolean> {
  const weights = job.kind === 'train' ? job.parent : job.kind === 'evaluate' ? job.checkpoint : null
  if (weights === null) return false
  const { file: path, sha256, phaseId } = weights
  return (await faultOf({ path, sha256, marks: weightsMarks(phaseId) })) !== null
}
