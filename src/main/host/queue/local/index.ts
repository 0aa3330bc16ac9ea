import { isCard } from '../../../../shared/phases/device.ts'
import type { ExecutorKind } from '../executor.ts'
import { createLocalExecutor } from './executor.ts'

export const local: ExecutorKind = {
  inDepot: false,
  create: createLocalExecutor,
  mayUseCard: ({ device }) => isCard(device),
}
