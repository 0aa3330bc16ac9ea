import { settingRefused, type ExitlabError } from '../../shared/basics/error.ts'
import { relu } from '../layers/activation.ts'
import { conv2d } from '../layers/conv2d.ts'
import type { FeatureSpec, Layer } from '../layers/layer.ts'
import { sequential } from '../layers/composition.ts'
import { layerHead, type Head, type HeadOptions } from './head.ts'
import { pooledClassifier } from './pooled.ts'

/** One convolution of a head's stack: output channels are the input's over `divisor`. */
export interface StackItem {
  divisor: number
  stride: number
  kernel: number
}

/** A stack of convolutions, each behind a ReLU, without padding, with bias; then the pooled head (method 2.2). */
export function convolutional(stack: readonly [StackItem, ...StackItem[]]): Head {
  const layers = stack.length === 1 ? 'One convolution' : `${stack.length} convolutions`
  return {
    info: {
      title: stack.length === 1 ? 'Convolutional' : `Convolutional, ${stack.length} layers`,
      summary: `${layers} with ReLU, then a learned mix of max and mean pooling to 4 × 4 and one linear layer.`,
      paper: 'Kubaty et al. 2025, How to Train Your Multi-Exit Model?',
    },
    create: (name, options) => layerHead(create(stack, name, options)),
  }
}

function create(stack: readonly StackItem[], name: string, { input, classes }: HeadOptions): Layer {
  const layers: Layer[] = []
  let features: FeatureSpec = input
  stack.forEach(({ divisor, stride, kernel }, index) => {
    const { shape, units: inputUnits } = features
    const module = `${name}.convs.${index}`
    const outputUnits = { group: module }
    const filters = Math.floor(shape.at(-1)! / divisor)
    if (filters === 0) throw refusedWidth(module, shape.at(-1)!)
    const convolution = conv2d(module, {
      inputShape: shape,
      filters,
      kernel,
      stride,
      bias: true,
      inputUnits,
      outputUnits,
    })
    layers.push(relu(module, shape), convolution)
    features = { shape: convolution.outputShape, units: outputUnits }
  })
  return sequential([...layers, pooledClassifier(name, features, { features: classes })])
}

function refusedWidth(module: string, channels: number): ExitlabError {
  return settingRefused(
    ['network', 'head'],
    `${module} halves the channels of its input, which has only ${channels}; use wider blocks or the pooled head`,
  )
}
