import { availableParallelism } from 'node:os'
import type { Environment } from '../host/paths.ts'
import { chosenCards } from '../host/trainers/chosen-cards.ts'
import { trainerLaunch } from '../host/trainers/trainer-launch.ts'
import type { TrainerPlace } from '../host/trainers/trainer-pool.ts'

interface TaskOptions {
  environment: Environment
  device: string
}

/** Settings of a phase that is trained on this machine, in a job of Slurm if it is one. */
export function taskDefaults({ environment, device }: TaskOptions) {
  const { SLURM_JOB_ID: job, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task } = environment
  return {
    cards: () => chosenCards(device, environment),
    threads: Number(environment.SLURM_CPUS_PER_TASK) || availableParallelism(),
    launch: (place: TrainerPlace) => trainerLaunch({ environment, ...place }),
    job: array !== undefined ? `${array}_${task}` : (job ?? null),
    now: Date.now,
    // At least every 60 s, its writing included.
    checkpointSeconds: 45,
    retryMilliseconds: [1_000, 5_000, 30_000],
  }
}
