import { attribute, float32 } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { padded, type Pads } from './padded.ts'
import { tf } from '../tfjs.ts'

/** Height and width. */
type Pair = readonly [number, number]

export interface Windows {
  window: Pair
  strides: Pair
}

/** Maximum of the windows within [batch, height, width, channels]; the gradient goes to a window's first maximum. */
export function maxOfWindows(x: Tensor, windows: Windows): Tensor {
  return kernel([x], windows)[0]!
}

/** Largest value of windows, with padding: top, left, bottom, right. */
export function maxPoolOver(x: Tensor, { pads, ...windows }: Windows & { pads: Pads }): Tensor {
  return maxOfWindows(padded(x, pads, -Infinity), windows)
}

/** Largest value of square windows, with symmetric padding as PyTorch's: side ⌊(side + 2·padding − window)/stride⌋ + 1. */
export function maxPool(x: Tensor, options: { window: number; stride: number; padding: number }): Tensor {
  const { window, stride, padding } = options
  const pads: Pads = [padding, padding, padding, padding]
  return maxPoolOver(x, { window: [window, window], strides: [stride, stride], pads })
}

/** Pooling by TensorFlow's operations, for windows inside their input. */
export const poolAttributes = ({ window, strides }: Windows) => [
  float32,
  attribute.ints('ksize', [1, ...window, 1]),
  attribute.ints('strides', [1, ...strides, 1]),
  attribute.string('padding', 'VALID'),
  attribute.string('data_format', 'NHWC'),
]

const kernel = defineKernel<Windows>({
  name: 'MaxPool',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [0], outputs: [0] },
  forward: ([x], { window, strides }) => [tf.maxPool(x as tf.Tensor4D, [...window], [...strides], 'valid')],
  gradient([dy], [x, y], { window, strides }) {
    return [operation('MaxPoolGrad', poolAttributes({ window, strides }), [x!, y!, dy!])]
  },
})
