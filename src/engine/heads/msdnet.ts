import { sequential } from '../layers/composition.ts'
import { convNormRelu } from '../layers/conv-norm-relu.ts'
import { fanInUniform, zeros } from '../layers/initialisers.ts'
import type { FeatureSpec, Layer } from '../layers/layer.ts'
import { linear } from '../layers/linear.ts'
import { elements } from '../layers/parameter.ts'
import { globalAverage } from '../layers/pooling.ts'
import { layerHead, type Head } from './head.ts'

/** Channels between the convolutions, independent of their input. */
const width = 128
const geometry = { filters: width, kernel: 3, stride: 2 }

/** MSDNet's own classifier as a head (Huang 2018, section 4; method 2.2). */
export const msdnet: Head = {
  info: {
    title: 'MSDNet',
    summary:
      'Two 3 × 3 convolutions with stride 2, batch norm and ReLU, to 128 channels; their mean, then one linear layer.',
    paper: 'Huang et al. 2018, Multi-Scale Dense Networks for Resource Efficient Image Classification',
  },
  create: (name, { input, classes }) => layerHead(stridedClassifier(name, input, classes)),
}

/** The body of the head, which is MSDNet's final classifier too. */
export function stridedClassifier(name: string, input: FeatureSpec, classes: number): Layer {
  const first = convNormRelu(`${name}.conv1`, input, geometry)
  const second = convNormRelu(
    `${name}.conv2`,
    { shape: first.outputShape, units: { group: `${name}.conv1` } },
    geometry,
  )
  const average: Layer = {
    ...globalAverage(name, second.outputShape),
    // The original's pooling of a fixed window, here of the whole map, is not counted by fvcore.
    operations: [{ module: name, kind: 'average-pool', sizes: { elements: elements(second.outputShape) } }],
  }
  const inputUnits = { group: `${name}.conv2` }
  const init = { weight: fanInUniform(width), bias: zeros }
  const output = linear(`${name}.fc`, { inputShape: average.outputShape, features: classes, init, inputUnits })
  return sequential([first, second, average, output])
}
