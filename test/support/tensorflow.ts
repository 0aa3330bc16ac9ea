import { homedir } from 'node:os'
import { openTensorFlow } from '../../src/main/engine/tf.ts'

/** Opens TensorFlow once for a test file, from the folder that EXITLAB_TENSORFLOW names or the user's cache. */
export const tensorFlow = openTensorFlow({
  libraryFolder: process.env.EXITLAB_TENSORFLOW ?? `${homedir()}/.cache/exitlab/tensorflow`,
})
