import { z } from 'zod'

/** What trains phases: trainers of this host, jobs of a Slurm cluster, or processes that others start in a depot. */
export const executor = z.enum(['local', 'slurm', 'external'])
export type ExecutorName = z.infer<typeof executor>

/** Who trains, behind “trains” or “train”. */
export const executorWords: Record<ExecutorName, string> = {
  local: 'on this machine',
  slurm: 'by jobs of Slurm',
  external: 'by processes that others start in the depot',
}
