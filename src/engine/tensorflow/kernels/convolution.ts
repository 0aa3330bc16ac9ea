import type { Attribute } from '../attribute.ts'
import { attribute, float32 } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { conv2d } from './conv2d.ts'
import { gather } from './gather.ts'
import { padded, type Pads } from './padded.ts'

type Pair = readonly [height: number, width: number]

interface ConvolutionOptions {
  strides: Pair
  /** Distance between the pixels that neighbours of a filter see. */
  dilations: Pair
  pads: Pads
  /** Groups of filters, each of which reads its own group of channels. */
  groups: number
}

/**
 * Convolution of any geometry, as ONNX and PyTorch have it. x: [batch, height, width, channels]; filter: [height, width,
 * channels / groups, filters].
 */
export function convolution(
  x: Tensor,
  filter: Tensor,
  { strides, dilations, pads, groups }: ConvolutionOptions,
): Tensor {
  const wide = dilated(filter, dilations)
  if (groups > 1 && groups === x.shape[3]) return depthwise(x, wide, { strides, pads })
  const [padding] = pads
  if (pads.every((each) => each === padding)) {
    return conv2d(x, wide, { stride: strides[0] === strides[1] ? strides[0] : strides, padding })
  }
  return conv2d(padded(x, pads), wide, { stride: strides, padding: 0 })
}

/** The filter with zeros between its neighbours: TensorFlow has no gradient of dilated convolutions on processors. */
function dilated(filter: Tensor, [down, across]: Pair): Tensor {
  if (down === 1 && across === 1) return filter
  const [height, width, channels, filters] = filter.shape as [number, number, number, number]
  const apart = tf.reshape(filter, [height, 1, width, 1, channels * filters])
  const gaps: [number, number][] = [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]
  const spread = tf.reshape(tf.pad(apart, gaps), [height * down, width * across, channels, filters])
  return tf.slice(spread, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * across + 1, channels, filters])
}

type Depthwise = Pick<ConvolutionOptions, 'strides' | 'pads'>

/** Filters of one channel each, [height, width, 1, channels · multiplier]. */
function depthwise(x: Tensor, filter: Tensor, { strides, pads }: Depthwise): Tensor {
  const [height, width, , filters] = filter.shape as [number, number, number, number]
  const channels = x.shape[3]!
  // TensorFlow's kernels know equal strides alone.
  const isUneven = strides[0] !== strides[1]
  const options = { strides: isUneven ? ([1, 1] as const) : strides, pads }
  const y = kernel([x, tf.reshape(filter, [height, width, channels, filters / channels])], options)[0]!
  return isUneven ? everyNth(everyNth(y, 1, strides[0]), 2, strides[1]) : y
}

/** By their indices, as tfjs has no gradient of slices with steps. */
function everyNth(x: Tensor, axis: number, step: number): Tensor {
  return step === 1 ? x : gather(x, tf.range(0, x.shape[axis]!, step, 'int32'), axis)
}

function depthwiseAttributes({ strides, pads }: Depthwise): Attribute[] {
  const [top, left, bottom, right] = pads
  const isPadded = pads.some((each) => each !== 0)
  return [
    float32,
    attribute.ints('strides', [1, ...strides, 1]),
    attribute.string('data_format', 'NHWC'),
    attribute.string('padding', isPadded ? 'EXPLICIT' : 'VALID'),
    attribute.ints('explicit_paddings', isPadded ? [0, 0, top, bottom, left, right, 0, 0] : []),
  ]
}

const kernel = defineKernel<Depthwise>({
  name: 'DepthwiseConvolution',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [0, 1], outputs: [] },
  forward: ([x, filter], options) => [operation('DepthwiseConv2dNative', depthwiseAttributes(options), [x!, filter!])],
  gradient([dy], [x, filter], options) {
    const attributes = depthwiseAttributes(options)
    const shapeOf = (tensor: Tensor) => tf.tensor1d(tensor.shape, 'int32')
    return [
      operation('DepthwiseConv2dNativeBackpropInput', attributes, [shapeOf(x!), filter!, dy!]),
      operation('DepthwiseConv2dNativeBackpropFilter', attributes, [x!, shapeOf(filter!), dy!]),
    ]
  },
})
