import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { poolAttributes, type Windows } from './max-pool.ts'
import { padded, type Pads } from './padded.ts'

interface AveragePoolOptions extends Windows {
  pads: Pads
  /** Whether the pixels around the map count in the mean of a window over its edge. */
  countPadding: boolean
}

/** Mean of windows of [batch, height, width, channels], which may reach over its edge. */
export function averagePool(x: Tensor, { pads, countPadding, window, strides }: AveragePoolOptions): Tensor {
  const [height, width] = [x.shape[1]! + pads[0] + pads[2], x.shape[2]! + pads[1] + pads[3]]
  const pool = (map: Tensor) => kernel([padded(map, pads)], { window, strides, height, width })[0]!
  if (countPadding || pads.every((each) => each === 0)) return pool(x)
  const inside = pool(tf.ones([1, x.shape[1]!, x.shape[2]!, 1]))
  return tf.div(pool(x), inside)
}

const kernel = defineKernel<Windows & { height: number; width: number }>({
  name: 'AveragePool',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [], outputs: [] },
  forward: ([x], { window, strides }) => [tf.avgPool(x as tf.Tensor4D, [...window], [...strides], 'valid')],
  gradient([dy], _saved, { window, strides, height, width }) {
    const shape = [dy!.shape[0]!, height, width, dy!.shape[3]!]
    return [operation('AvgPoolGrad', poolAttributes({ window, strides }), [tf.tensor1d(shape, 'int32'), dy!])]
  },
})
