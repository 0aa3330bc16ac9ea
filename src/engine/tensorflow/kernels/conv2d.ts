import type { Attribute } from '../attribute.ts'
import { attribute, float32 } from '../attribute.ts'
import { defineKernel, isMixed, isRecorded } from '../kernel.ts'
import { operation } from '../operation.ts'
import { multiply } from './linear.ts'
import { poolAttributes } from './max-pool.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

interface Conv2dOptions {
  /** Along height and width alike, or for each. */
  stride: number | readonly [height: number, width: number]
  /** Zero pixels on every side, as PyTorch pads. TensorFlow's own `SAME` pads strided convolutions on one side only. */
  padding: number
}

/**
 * Convolution (cross-correlation) with symmetric padding. x: [batch, height, width, channels];
 * filter: [height, width, channels, filters], or channels / groups of them where groups of filters read groups of channels.
 * Result side: ⌊(side + 2·padding − kernel)/stride⌋ + 1.
 */
export function conv2d(x: Tensor, filter: Tensor, options: Conv2dOptions): Tensor {
  return kernel([x, filter], options)[0]!
}

const kernel = defineKernel<Conv2dOptions>({
  name: 'Conv2d',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [0, 1], outputs: [] },
  forward([x, filter], options) {
    if (isProduct(x!, filter!, options) && !isRecorded()) return [product(x!, filter!)]
    return [operation('Conv2D', convolutionAttributes(options, filter!), [x!, filter!])]
  },
  gradient([dy], [x, filter], options) {
    if (isProduct(x!, filter!, options)) return productGradient(dy!, x!, filter!)
    if (paddingName(options, filter!) !== 'EXPLICIT') return nativeGradient(dy!, x!, filter!, options)
    const [paddedGradient, filterGradient] = nativeGradient(dy!, pad(x as tf.Tensor4D, options), filter!, {
      ...options,
      padding: 0,
    })
    return [unpad(paddedGradient!, x!, options), filterGradient!]
  },
})

/**
 * Whether each pixel is seen by itself: a product of matrices, of which oneDNN takes a small one in a third of the time of the
 * convolution, and a large one in no more. Other programs are given the convolution; in mixed precision it was not measured.
 */
const isProduct = (x: Tensor, { shape: [height, width, channels] }: Tensor, options: Conv2dOptions) =>
  height === 1 && width === 1 && channels === x.shape[3] && options.padding === 0 && !isStrided(options) && !isMixed()

const isStrided = (options: Conv2dOptions) => strides(options).some((stride) => stride > 1)

/** All axes but the last as one: pixels of a map, channels of a 1 × 1 filter. */
const rows = (x: Tensor) => tf.reshape(x, [-1, x.shape.at(-1)!])

const product = (x: Tensor, filter: Tensor) =>
  tf.reshape(multiply(rows(x), rows(filter)), [...x.shape.slice(0, -1), filter.shape[3]!])

const productGradient = (dy: Tensor, x: Tensor, filter: Tensor) => [
  tf.reshape(multiply(rows(dy), rows(filter), { transposeB: true }), x.shape),
  tf.reshape(multiply(rows(x), rows(dy), { transposeA: true }), filter.shape),
]

/**
 * `SAME` where it pads symmetrically, for oneDNN's gradients know it and `VALID` but not `EXPLICIT`, for which TensorFlow
 * falls back on an unrolled matrix product at a third of the speed.
 */
function paddingName({ stride, padding }: Conv2dOptions, filter: Tensor): 'SAME' | 'VALID' | 'EXPLICIT' {
  if (padding === 0) return 'VALID'
  const [height, width] = filter.shape
  return stride === 1 && height === 2 * padding + 1 && width === height ? 'SAME' : 'EXPLICIT'
}

const strides = ({ stride }: Conv2dOptions) => (typeof stride === 'number' ? ([stride, stride] as const) : stride)

function convolutionAttributes(options: Conv2dOptions, filter: Tensor): Attribute[] {
  const { padding } = options
  const name = paddingName(options, filter)
  const around = name === 'EXPLICIT' ? [0, 0, padding, padding, padding, padding, 0, 0] : []
  return [
    float32,
    attribute.ints('strides', [1, ...strides(options), 1]),
    attribute.string('data_format', 'NHWC'),
    attribute.string('padding', name),
    attribute.ints('explicit_paddings', around),
  ]
}

function nativeGradient(dy: Tensor, x: Tensor, filter: Tensor, options: Conv2dOptions): Tensor[] {
  const attributes = convolutionAttributes(options, filter)
  return [
    operation('Conv2DBackpropInput', attributes, [tf.tensor1d(x.shape, 'int32'), filter, dy]),
    filterGradient(dy, x, filter, options),
  ]
}

/**
 * Of a 1 × 1 filter from the pixels that it saw: on processors that have AVX2 but not AVX-512, oneDNN's own way over strides is
 * wrong for fewer than 6 channels.
 */
function filterGradient(dy: Tensor, x: Tensor, filter: Tensor, options: Conv2dOptions): Tensor {
  const sparse = filter.shape[0] === 1 && filter.shape[1] === 1 && isStrided(options) && options.padding === 0
  const seen = sparse ? everyPixel(x, strides(options)) : x
  const attributes = convolutionAttributes(sparse ? { ...options, stride: 1 } : options, filter)
  return operation('Conv2DBackpropFilter', attributes, [seen, tf.tensor1d(filter.shape, 'int32'), dy])
}

/** Every stride-th pixel of both axes, the first included: as the maximum of one pixel, which oneDNN takes faster than `StridedSlice`. */
const everyPixel = (x: Tensor, pair: readonly [number, number]) =>
  operation('MaxPool', poolAttributes({ window: [1, 1], strides: pair }), [x])

const pad = (x: tf.Tensor4D, { padding }: Conv2dOptions) =>
  tf.pad(x, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ])

const unpad = (padded: Tensor, x: Tensor, { padding }: Conv2dOptions) =>
  tf.slice(padded, [0, padding, padding, 0], x.shape)
