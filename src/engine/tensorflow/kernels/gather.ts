import { attribute } from '../attribute.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Entries of `x` at `indices` along `axis`. x: any shape; indices: int32 [count]; result: x's shape with `count` at `axis`.
 * Gradients of repeated indices add up. TensorFlow refuses indices out of range.
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return tf.gather(x, indices as tf.Tensor1D, axis)
}

/** Replaces tfjs-node's kernel, which reads the indices: they are unknown while tracing. */
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
