import { z } from 'zod'

const word = z.string().max(200).regex(/^\S+$/, 'expected one word').nullable()
/** `--time` of sbatch: minutes, M:S, H:M:S, D-H, D-H:M, D-H:M:S. */
const timeLimit = z
  .string()
  .regex(
    /^(\d+(:\d+){0,2}|\d+-\d+(:\d+){0,2})$/,
    'expected minutes, hours:minutes:seconds or days-hours, such as 90, 4:00:00 or 1-12',
  )
  .nullable()
const between = (least: number, most: number) => {
  const message = `expected a whole number from ${least} to ${most}`
  return z.int(message).min(least, message).max(most, message)
}

/** How jobs of Slurm train. Null: as the cluster does it by default. */
export const slurmSettings = z.object({
  partition: word,
  account: word,
  /** Time limit of a job, as `sbatch --time` takes it; a phase that needs longer resumes in a new one. */
  time: timeLimit,
  /** Processors, and threads, of a job. */
  cpus: between(1, 1024),
  /** GPUs of a job; 0: training on the processor. */
  gpus: between(0, 64),
  /** Seconds before the time limit at which a job writes its checkpoint and queues itself again. */
  signalSeconds: between(10, 3600),
  /** Further options of sbatch, such as `--qos=low`. */
  flags: z.array(z.string().startsWith('--', 'expected options that begin with --, such as --qos=low')),
})
export type SlurmSettings = z.infer<typeof slurmSettings>

export const initialSlurm: SlurmSettings = {
  partition: null,
  account: null,
  time: null,
  cpus: 2,
  gpus: 0,
  signalSeconds: 120,
  flags: [],
}
