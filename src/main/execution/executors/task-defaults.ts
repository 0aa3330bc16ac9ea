import type { Environment } from '../../../files/user-folders.ts'
import { trainingDefaults } from '../trainer-pool/training-defaults.ts'

/** Settings of a phase that is trained on this machine, in a job of Slurm if it is one. */
export function taskDefaults({ SLURM_JOB_ID: job, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task }: Environment) {
  return {
    job: array !== undefined ? `${array}_${task}` : (job ?? null),
    now: Date.now,
    ...trainingDefaults,
  }
}
