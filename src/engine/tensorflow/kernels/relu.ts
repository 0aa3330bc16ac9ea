import { float32 } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** max(x, 0) of any shape; at 0 the gradient is 0 (Nair and Hinton 2010). Keeps its output, which the next layer keeps anyway, and not its input. */
export function relu(x: Tensor): Tensor {
  return kernel([x], {})[0]!
}

const kernel = defineKernel({
  name: 'Relu',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [], outputs: [0] },
  forward: ([x]) => [tf.relu(x!)],
  gradient([dy], [y]) {
    return [operation('ReluGrad', [float32], [dy!, y!])]
  },
})
