import { z } from 'zod'

/** What runs phases: trainers of this host, or jobs of a Slurm cluster. */
export const executor = z.enum(['local', 'slurm'])
export type ExecutorName = z.infer<typeof executor>

const word = z.string().min(1).max(200).nullable()

/** Where and how jobs of Slurm train. Null: as the cluster does it by default. */
export const slurmSettings = z.object({
  /** Folder of phases that this machine and the nodes share; absolute. */
  depot: word,
  partition: word,
  account: word,
  /** Time limit of a job, as `sbatch --time` takes it; a phase that needs longer resumes in a new one. */
  time: word,
  /** Processors, and threads, of a job. */
  cpus: z.int().min(1).max(1024),
  /** GPUs of a job; 0: training on the processor. */
  gpus: z.int().min(0).max(64),
  /** Seconds before the time limit at which a job writes its checkpoint and queues itself again. */
  signalSeconds: z.int().min(10).max(3600),
  /** Further options of sbatch, such as `--qos=low`. */
  flags: z.array(z.string().startsWith('--')),
})
export type SlurmSettings = z.infer<typeof slurmSettings>

export const initialSlurm: SlurmSettings = {
  ...{ depot: null, partition: null, account: null, time: null },
  ...{ cpus: 2, gpus: 0, signalSeconds: 120, flags: [] },
}
