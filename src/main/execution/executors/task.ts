import { availableParallelism } from 'node:os'
import type { Environment } from '../../../files/user-folders.ts'
import { chosenCards } from '../trainer-pool/chosen-cards.ts'
import { trainerLaunch } from '../trainer-pool/trainer-launch.ts'
import { createTrainerPool, type TrainerPlace, type TrainerPool } from '../trainer-pool/trainer-pool.ts'
import { startTrainer, type TrainerLaunch } from '../trainer-pool/trainer-process.ts'
import { trainingDefaults } from '../trainer-pool/training-defaults.ts'

/** Settings of a phase that is trained on this machine, in a job of Slurm if it is one. */
export function taskDefaults({ SLURM_JOB_ID: job, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task }: Environment) {
  return {
    job: array !== undefined ? `${array}_${task}` : (job ?? null),
    now: Date.now,
    ...trainingDefaults,
  }
}

export interface TaskPoolOptions {
  environment: Environment
  device: string
  /** Threads of work that has not begun yet. Default: all that a job of Slurm, or else this machine, has. */
  threads?: number | undefined
  /** Default: this Exitlab's own trainer. */
  launch?: ((place: TrainerPlace) => TrainerLaunch) | undefined
}

/** Trainers of phases of a depot on this machine, for as many phases as its process trains. */
export function createTaskPool({ environment, device, ...options }: TaskPoolOptions): TrainerPool & AsyncDisposable {
  const threads = options.threads ?? (Number(environment.SLURM_CPUS_PER_TASK) || availableParallelism())
  const launch = options.launch ?? ((place) => trainerLaunch({ environment, ...place }))
  const pool = createTrainerPool({
    start: (place) => startTrainer(withoutTermination(launch(place)), place),
    share: () => threads,
    cards: () => chosenCards(device, environment),
  })
  return { ...pool, [Symbol.asyncDispose]: pool.close }
}

/** A cluster sends SIGTERM to all processes of a job; the trainer is paused by this one. */
function withoutTermination({ entry, environment }: TrainerLaunch): TrainerLaunch {
  return { entry, environment: { ...environment, EXITLAB_SIGTERM: 'ignored' } }
}
