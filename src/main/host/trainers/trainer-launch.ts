import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeviceReport } from '../../../shared/device.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { trainerEnvironment } from '../../engine/pure.ts'
import { descriptionFolder, tensorflowFolder, type Environment } from '../paths.ts'
import type { TrainerLaunch } from './trainer-process.ts'

export interface TrainerLaunchOptions {
  environment: Environment
  threads: number
  gpu: boolean
}

/** Launch settings of trainers on this machine. */
export function trainerLaunch({ environment, threads, gpu }: TrainerLaunchOptions): TrainerLaunch {
  const folder = tensorflowFolder(environment, { gpu })
  return {
    entry: fileURLToPath(new URL('../../trainer/index.ts', import.meta.url)),
    environment: {
      ...trainerEnvironment({ threads, gpu: gpu ? 0 : null, cudaLibraryFolders: cudaFolders(folder) }, environment),
      EXITLAB_TENSORFLOW: folder,
      EXITLAB_DESCRIPTIONS: descriptionFolder(environment),
    },
  }
}

/** Folders of NVIDIA's libraries, which set-up installs beside those of the GPU build. */
function cudaFolders(tensorflow: string): string[] {
  const nvidia = join(tensorflow, 'nvidia')
  if (!existsSync(nvidia)) return []
  return readdirSync(nvidia)
    .map((name) => join(nvidia, name, 'lib'))
    .filter((folder) => existsSync(folder))
}

/** @throws ExitlabError `engine` where training is not on a GPU. Falling back to the processor, many times slower, would ignore the request. */
export function requireGpu({ kind }: DeviceReport): void {
  if (kind === 'gpu') return
  throw new ExitlabError(
    'engine',
    'A GPU was requested, but TensorFlow finds none. Check that `nvidia-smi` lists it and install the GPU build (in the ' +
      'settings, or by `npm run setup -- --gpu`). To train on the processor, omit --gpu, or switch the GPU off in ' +
      'the settings.',
  )
}
