import { linear as multiply } from '../tf.ts'
import { fanInUniform, type Initialiser } from './initialisers.ts'
import type { AxisUnits, Layer } from './layer.ts'
import { elements, parameter } from './parameter.ts'

export interface LinearOptions {
  /** […, features]: the last axis is transformed, every other one is rows. */
  inputShape: readonly number[]
  features: number
  /** Inputs that another array of the same layer multiplies: they count in the default initial values. */
  otherInputs?: number
  /** Default: PyTorch's, U(±1/√fanIn) for weight and bias. */
  init?: { weight: Initialiser; bias: Initialiser }
  inputUnits?: AxisUnits
  outputUnits?: AxisUnits
}

/** x·Wᵀ + b with W of [features, inputs]. */
export function linear(name: string, options: LinearOptions): Layer {
  const { inputShape, features, inputUnits, outputUnits, otherInputs = 0 } = options
  const inputs = inputShape.at(-1)!
  const rows = elements(inputShape) / inputs
  const uniform = fanInUniform(inputs + otherInputs)
  const init = options.init ?? { weight: uniform, bias: uniform }
  const weight = parameter(`${name}.weight`, {
    shape: [features, inputs],
    init: init.weight,
    units: [outputUnits, inputUnits],
  })
  const bias = parameter(`${name}.bias`, { shape: [features], init: init.bias, units: [outputUnits] })
  return {
    parameters: [weight, bias],
    outputShape: [...inputShape.slice(0, -1), features],
    operations: [{ module: name, kind: 'linear', sizes: { rows, inputs, features } }],
    apply: (context, input) => multiply(input, context.value(weight.name), context.value(bias.name)),
  }
}
