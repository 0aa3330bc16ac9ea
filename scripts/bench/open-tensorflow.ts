import { openTensorFlow } from '../../src/engine/tf.ts'
import { trainerEnvironment } from '../../src/engine/pure.ts'
import { tensorflowFolder } from '../../src/files/user-folders.ts'

/** Opens TensorFlow as a trainer on the processor has it. It reads its environment when it is opened. */
export function openWithThreads(threads: number) {
  Object.assign(process.env, trainerEnvironment({ threads, card: null }, process.env))
  return openTensorFlow({ libraryFolder: tensorflowFolder() })
}
