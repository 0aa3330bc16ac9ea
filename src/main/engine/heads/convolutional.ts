import { relu } from '../layers/activation.ts'
import { conv2d } from '../layers/conv2d.ts'
import type { Layer } from '../layers/layer.ts'
import { sequential } from '../layers/sequential.ts'
import type { Head, HeadOptions } from './head.ts'
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
    create: (name, options) => create(stack, name, options),
  }
}

function create(stack: readonly StackItem[], name: string, options: HeadOptions): Layer {
  const layers: Layer[] = []
  let { inputShape, units } = options
  stack.forEach(({ divisor, stride, kernel }, index) => {
    const outputUnits = { group: `${name}.convs.${index}` }
    const filters = Math.floor(inputShape.at(-1)! / divisor)
    const module = `${name}.convs.${index}`
    layers.push(relu(module, inputShape))
    layers.push(conv2d(module, { inputShape, filters, kernel, stride, bias: true, inputUnits: units, outputUnits }))
    inputShape = layers.at(-1)!.outputShape
    units = outputUnits
  })
  return sequential([...layers, pooledClassifier(name, { ...options, inputShape, units })])
}
