/** Prints whether kernels add up bfloat16 numbers in float32, and what the answer leaves behind, in a process of its own: TensorFlow reads its environment when it is loaded. */
import { sumsAreFloat32 } from '../../../src/engine/tensorflow/bfloat16-sums.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

process.stdout.write(JSON.stringify({ float32: sumsAreFloat32(), handles: tensorFlow.liveHandles() }))
