import { openTensorFlow } from '../../src/main/engine/tf.ts'
import { tensorflowFolder } from '../../src/main/host/paths.ts'

/** Opens TensorFlow once for a test file, from the folder where set-up puts it. */
export const tensorFlow = openTensorFlow({ libraryFolder: tensorflowFolder() })
