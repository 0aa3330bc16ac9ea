import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { trainerEnvironment } from '../../../engine/pure.ts'
import { descriptionFolder, tensorflowFolder, type Environment } from '../../../files/user-folders.ts'
import type { TrainerPlace } from './trainer-pool.ts'
import type { TrainerLaunch } from './trainer-process.ts'

interface TrainerLaunchOptions extends TrainerPlace {
  environment: Environment
}

/** Launch settings of trainers on this machine. */
export function trainerLaunch({ environment, threads, card, algorithms }: TrainerLaunchOptions): TrainerLaunch {
  const folder = tensorflowFolder(environment, { gpu: card !== null })
  return {
    entry: fileURLToPath(new URL('../../trainer/index.ts', import.meta.url)),
    environment: {
      ...trainerEnvironment(
        { threads, card: card && card.id, algorithms, cudaLibraryFolders: cudaFolders(folder) },
        environment,
      ),
      EXITLAB_TENSORFLOW: folder,
      ...(card && { EXITLAB_CARD: card.name }),
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
