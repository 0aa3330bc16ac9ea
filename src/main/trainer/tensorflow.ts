import { ExitlabError } from '../../shared/error.ts'
import type { TensorFlow } from '../engine/index.ts'
import { openTensorFlow } from '../engine/index.ts'

/** Opens TensorFlow at the first call, from the folder in EXITLAB_TENSORFLOW, and calls `onOpen`. */
export function lazyTensorFlow(onOpen: (opened: TensorFlow) => void): () => TensorFlow {
  let opened: TensorFlow | null = null
  return () => {
    if (opened === null) {
      opened = openTensorFlow({ libraryFolder: libraryFolder() })
      onOpen(opened)
    }
    return opened
  }
}

function libraryFolder(): string {
  const folder = process.env.EXITLAB_TENSORFLOW
  if (folder) return folder
  throw new ExitlabError(
    'engine',
    'TensorFlow was not found: set EXITLAB_TENSORFLOW to the folder of its two libraries.',
  )
}
