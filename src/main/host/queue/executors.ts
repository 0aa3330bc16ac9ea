import type { ExecutorName } from '../../../shared/phases/executor.ts'
import type { ExecutorKind } from './executor.ts'
import { external } from './external/index.ts'
import { local } from './local/index.ts'
import { slurm } from './slurm/index.ts'

/** Every executor by its name: `--executor NAME`. */
export const executors: Record<ExecutorName, ExecutorKind> = { local, slurm, external }
