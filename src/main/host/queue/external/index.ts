import type { ExecutorKind } from '../executor.ts'
import { createExternalExecutor } from './executor.ts'
import { phaseProcesses } from './processes.ts'

export const external: ExecutorKind = {
  inDepot: true,
  create: createExternalExecutor,
  mayUseCard: () => true,
  processes: phaseProcesses,
}
