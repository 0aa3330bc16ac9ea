import { biasAdd, conv2d as convolve, tf } from '../tf.ts'
import { batchNorm, batchNormLine } from './normalisation.ts'
import type { Conv2dOptions } from './conv2d.ts'
import { conv2d } from './conv2d.ts'
import type { ForwardContext, Layer } from './layer.ts'
import { isStatistic } from './parameter.ts'
import { sequential } from './composition.ts'

interface ConvNormNames {
  conv: string
  norm: string
}

/**
 * A convolution without bias and its batch norm. In evaluation mode that norm is a line for each channel: where only values are
 * asked for, its slope goes into the filters, and TensorFlow does the rest in one operation.
 */
export function convNorm(names: ConvNormNames, options: Omit<Conv2dOptions, 'bias'>): Layer {
  const convolution = conv2d(names.conv, options)
  const norm = batchNorm(names.norm, convolution.outputShape, options.outputUnits)
  const [weight] = convolution.parameters
  const { stride = 1, padding = 0 } = options
  const inOne: Layer['apply'] = (context, input) => {
    const { slope, intercept } = batchNormLine(context, norm)
    const filters = tf.mul(context.value(weight!.name), slope)
    return biasAdd(convolve(input, filters, { stride, padding }), intercept)
  }
  const apart = sequential([convolution, norm])
  const canFold = (context: ForwardContext) =>
    context.valuesOnly && !context.training(norm.parameters.find(isStatistic)!.name)
  return {
    ...apart,
    apply: (context, input) => (canFold(context) ? inOne : apart.apply)(context, input),
  }
}
