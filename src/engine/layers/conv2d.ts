import { settingRefused } from '../../shared/basics/error.ts'
import { biasAdd, conv2d as convolve } from '../tf.ts'
import { fanInUniform, type Initialiser } from './initialisers.ts'
import type { AxisUnits, Layer } from './layer.ts'
import { parameter } from './parameter.ts'

export interface Conv2dOptions {
  /** [height, width, channels]. */
  inputShape: readonly number[]
  filters: number
  kernel: number
  stride?: number
  /** Zero pixels on every side, as PyTorch pads. */
  padding?: number
  bias?: boolean
  /** Default: PyTorch's, U(±1/√fanIn) for weight and bias. */
  init?: { weight: Initialiser; bias: Initialiser }
  inputUnits?: AxisUnits
  outputUnits?: AxisUnits
}

/**
 * A square 2-D convolution with symmetric padding: side ⌊(side + 2·padding − kernel)/stride⌋ + 1.
 * Throws `invalid-experiment` where the kernel is larger than its padded input, as only those of heads may be, which have no padding.
 */
export function conv2d(name: string, options: Conv2dOptions): Layer {
  const { filters, kernel, stride = 1, padding = 0, bias = false, inputUnits, outputUnits } = options
  const [height, width, channels] = options.inputShape as [number, number, number]
  const side = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1
  if (side(height) < 1 || side(width) < 1) {
    throw settingRefused(
      ['network', 'head'],
      `${name}: a ${kernel} × ${kernel} convolution does not fit its ${height} × ${width} input; use larger images, a head with fewer convolutions, or exits after earlier blocks`,
    )
  }
  const fanIn = kernel * kernel * channels
  const init = options.init ?? { weight: fanInUniform(fanIn), bias: fanInUniform(fanIn) }
  const weight = parameter(`${name}.weight`, {
    shape: [kernel, kernel, channels, filters],
    init: init.weight,
    layout: 'convolution',
    units: [undefined, undefined, inputUnits, outputUnits],
  })
  const offset = parameter(`${name}.bias`, { shape: [filters], init: init.bias, units: [outputUnits] })
  return {
    parameters: bias ? [weight, offset] : [weight],
    outputShape: [side(height), side(width), filters],
    operations: [
      {
        module: name,
        kind: 'convolution',
        sizes: { outputHeight: side(height), outputWidth: side(width), kernelArea: kernel ** 2, channels, filters },
      },
    ],
    apply(context, input) {
      const output = convolve(input, context.value(weight.name), { stride, padding })
      return bias ? biasAdd(output, context.value(offset.name)) : output
    },
  }
}
