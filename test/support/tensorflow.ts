import { availableParallelism } from 'node:os'
import { trainerEnvironment } from '../../src/main/engine/pure.ts'
import { openTensorFlow } from '../../src/main/engine/tf.ts'
import { tensorflowFolder } from '../../src/main/host/paths.ts'

// The kernels of a trainer: without its environment TensorFlow leaves oneDNN out on processors without AVX-512.
Object.assign(process.env, trainerEnvironment({ threads: availableParallelism(), card: null }, process.env))

/** Opens TensorFlow once for a test file, from the folder where set-up puts it. */
export const tensorFlow = openTensorFlow({ libraryFolder: tensorflowFolder() })
