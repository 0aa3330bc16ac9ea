import { attribute } from '../attribute.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** Entries of `x` at `indices` (int32) along `axis`. Repeated indices add up their gradients. */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return tf.gather(x, indices as tf.Tensor1D, axis)
}

/** tfjs-node's kernel looks at the indices, which a trace does not know; TensorFlow refuses wrong ones itself. */
export function registerGather(): void {
  tf.unregisterKernel('GatherV2', 'tensorflow')
  tf.registerKernel({
    kernelName: 'GatherV2',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, indices } = inputs as { x: Tensor; indices: Tensor }
      const { axis, batchDims } = attrs as unknown as { axis: number; batchDims: number }
      const types = { Tparams: x.dtype, Tindices: indices.dtype, Taxis: 'int32' } as const
      const attributes = Object.entries(types).map(([name, dtype]) => attribute.type(name, dtype))
      return tf.tidy(() =>
        operation(
          'GatherV2',
          [...attributes, attribute.int('batch_dims', batchDims)],
          [x, indices, tf.scalar(axis, 'int32')],
        ),
      )
    },
  })
}
