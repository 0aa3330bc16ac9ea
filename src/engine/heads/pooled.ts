import { flatten, mixedPooling } from '../layers/pooling.ts'
import type { AxisUnits, FeatureSpec, Layer } from '../layers/layer.ts'
import { linear, type LinearOptions } from '../layers/linear.ts'
import { repeated } from '../layers/parameter.ts'
import { sequential } from '../layers/composition.ts'
import { layerHead, type Head } from './head.ts'

const side = 4

/** SDN's head: mixed pooling to 4 × 4, flattened channel by channel, one linear layer (Kaya 2019; method 2.1). */
export const pooled: Head = {
  info: {
    title: 'Pooled',
    summary: 'Learned mix of max and mean pooling to 4 × 4, then one linear layer.',
    paper: 'Kaya et al. 2019, Shallow-Deep Networks',
  },
  create: (name, { input, classes }) => layerHead(pooledClassifier(name, input, { features: classes })),
}

export interface ClassifierOutput extends Pick<LinearOptions, 'features' | 'otherInputs'> {
  units?: AxisUnits
}

/** The body of the pooled head, with which every convolutional head ends. */
export function pooledClassifier(
  name: string,
  { shape, units }: FeatureSpec,
  { features, units: outputUnits, otherInputs }: ClassifierOutput,
): Layer {
  const pool = mixedPooling(name, shape, side)
  const flat = flatten(name, pool.outputShape)
  const inputUnits = repeated(units, side * side)
  const options = { inputShape: flat.outputShape, features, inputUnits, outputUnits, otherInputs }
  return sequential([pool, flat, linear(`${name}.fc`, options)])
}
