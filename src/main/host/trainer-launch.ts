import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { trainerEnvironment } from '../engine/pure.ts'
import { tensorflowFolder, type Environment } from './paths.ts'
import type { TrainerLaunch } from './queue/trainer-process.ts'

export interface TrainerLaunchOptions {
  environment: Environment
  /** Trainers at once, which share the processor. */
  parallel: number
  gpu: boolean
}

/** How trainers are started on this machine. */
export function trainerLaunch({ environment, parallel, gpu }: TrainerLaunchOptions): TrainerLaunch {
  const folder = tensorflowFolder(environment)
  const threads = Math.max(1, Math.floor(availableParallelism() / parallel))
  return {
    entry: fileURLToPath(new URL('../trainer/index.ts', import.meta.url)),
    environment: {
      ...trainerEnvironment({ threads, gpu: gpu ? 0 : null }, environment),
      EXITLAB_TENSORFLOW: folder,
    },
  }
}
