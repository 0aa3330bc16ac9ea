import { isCard } from '../../../shared/phases/device.ts'
import type { ExecutorName } from '../../../shared/phases/executor.ts'
import type { ExecutorKind } from './executor.ts'
import { createExternalExecutor, phaseProcesses } from './external/executor.ts'
import { createLocalExecutor } from './local/executor.ts'
import { createSlurmExecutor } from './slurm/executor.ts'
import { slurmJobs } from './slurm/jobs.ts'

/** Every executor by its name: `--executor NAME`. */
export const executors: Record<ExecutorName, ExecutorKind> = {
  local: {
    inDepot: false,
    create: createLocalExecutor,
    mayUseCard: ({ device }) => isCard(device),
  },
  slurm: {
    inDepot: true,
    create({ settings, command, ...options }) {
      if (command === null) throw new Error('Jobs call the command line: whoever opens the host has to name it.')
      return createSlurmExecutor({ ...options, command, settings: () => settings().slurm })
    },
    mayUseCard: ({ slurm: { gpus } }) => gpus > 0,
    jobs: slurmJobs,
  },
  external: {
    inDepot: true,
    create: createExternalExecutor,
    mayUseCard: () => true,
    processes: phaseProcesses,
  },
}
