import { relu } from './activation.ts'
import { sequential } from './composition.ts'
import { convNorm } from './conv-norm.ts'
import type { Conv2dOptions } from './conv2d.ts'
import { normal, zeros } from './initialisers.ts'
import type { FeatureSpec, Layer } from './layer.ts'

/**
 * Convolution (1 × 1, or 3 × 3 with a padding of 1), batch norm, ReLU, as MSDNet has them: initially N(0, 2/(kernel² · filters)).
 * The output's channels are units of a group that is called as the layer.
 */
export function convNormRelu(
  name: string,
  { shape: inputShape, units: inputUnits }: FeatureSpec,
  { filters, kernel, stride = 1 }: Pick<Conv2dOptions, 'filters' | 'kernel' | 'stride'>,
): Layer {
  const normalised = convNorm(
    { conv: `${name}.conv`, norm: `${name}.bn` },
    {
      inputShape,
      filters,
      kernel,
      stride,
      padding: (kernel - 1) / 2,
      inputUnits,
      outputUnits: { group: name },
      init: { weight: normal(Math.sqrt(2 / (kernel ** 2 * filters))), bias: zeros },
    },
  )
  return sequential([normalised, relu(name, normalised.outputShape)])
}
