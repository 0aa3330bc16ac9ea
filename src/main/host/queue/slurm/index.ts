import type { ExecutorKind } from '../executor.ts'
import { createSlurmExecutor } from './executor.ts'
import { slurmJobs } from './jobs.ts'

export const slurm: ExecutorKind = {
  inDepot: true,
  create: ({ settings, ...options }) => createSlurmExecutor({ ...options, settings: () => settings().slurm }),
  mayUseCard: ({ slurm: { gpus } }) => gpus > 0,
  jobs: slurmJobs,
}
