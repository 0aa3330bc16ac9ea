import { availableParallelism } from 'node:os'
import { trainerEnvironment } from '../../src/engine/pure.ts'
import { openTensorFlow } from '../../src/engine/tf.ts'
import { tensorflowFolder } from '../../src/files/user-folders.ts'

// The kernels of a trainer: without its environment TensorFlow leaves oneDNN out on processors without AVX-512.
Object.assign(process.env, trainerEnvironment({ threads: availableParallelism(), card: null }, process.env))

/** Opens TensorFlow once for a test file, from the folder where set-up puts it. */
export const tensorFlow = openTensorFlow({ libraryFolder: tensorflowFolder() })
