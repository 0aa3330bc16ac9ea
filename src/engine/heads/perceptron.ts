import { gelu } from '../layers/activation.ts'
import { firstToken } from '../layers/embedding.ts'
import type { AxisUnits, Layer } from '../layers/layer.ts'
import { linear } from '../layers/linear.ts'
import { sequential } from '../layers/composition.ts'
import { layerHead, type Head, type HeadOptions } from './head.ts'

/** Linear layers with GELU between them, on the class token as the block leaves it; `hidden` are the widths between (method 2.3). */
export function perceptron(hidden: readonly number[]): Head {
  const count = hidden.length + 1
  return {
    info: {
      title: count === 1 ? '1 layer' : `${count} layers, ${hidden[0]} hidden units`,
      summary:
        count === 1
          ? 'One linear layer on the class token.'
          : `${count} linear layers with GELU between them, ${hidden[0]} hidden units each, on the class token.`,
      paper: 'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 4.5',
    },
    create: (name, options) => layerHead(create(hidden, name, options)),
  }
}

function create(hidden: readonly number[], name: string, { input, classes }: HeadOptions): Layer {
  const layers: Layer[] = [firstToken(name, input.shape)]
  let inputUnits: AxisUnits | undefined = input.units
  hidden.forEach((features, index) => {
    const outputUnits = { group: `${name}.fc${index + 1}` }
    const module = `${name}.fc${index + 1}`
    const shape = layers.at(-1)!.outputShape
    layers.push(linear(module, { inputShape: shape, features, inputUnits, outputUnits }))
    layers.push(gelu(module, [features]))
    inputUnits = outputUnits
  })
  const last = hidden.length === 0 ? `${name}.fc` : `${name}.fc${hidden.length + 1}`
  return sequential([
    ...layers,
    linear(last, { inputShape: layers.at(-1)!.outputShape, features: classes, inputUnits }),
  ])
}
