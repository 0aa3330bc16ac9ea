import { tf, type Tensor } from '../tf.ts'
import type { ForwardContext, Layer } from './layer.ts'
import { elements } from './parameter.ts'

/** Layers one after the other, at least one, as one layer. */
export function sequential(layers: readonly Layer[]): Layer {
  const mixing = layers.findLastIndex((layer) => layer.applyToFirst)
  const run = (part: readonly Layer[], context: ForwardContext, input: Tensor) =>
    part.reduce((x, layer) => layer.apply(context, x), input)
  const whole: Layer = {
    parameters: layers.flatMap((layer) => layer.parameters),
    outputShape: layers.at(-1)!.outputShape,
    operations: layers.flatMap((layer) => layer.operations),
    apply: (context, input) => run(layers, context, input),
  }
  if (mixing < 0) return whole
  return {
    ...whole,
    applyToFirst(context, input) {
      const mixed = layers[mixing]!.applyToFirst!(context, run(layers.slice(0, mixing), context, input))
      return run(layers.slice(mixing + 1), context, mixed)
    },
  }
}

/** main(x) + shortcut(x); without a shortcut main(x) + x (He 2016). Both must give the same shape. */
export function residual(module: string, main: Layer, shortcut?: Layer): Layer {
  const whole: Layer = {
    parameters: [...main.parameters, ...(shortcut?.parameters ?? [])],
    outputShape: main.outputShape,
    operations: [
      ...main.operations,
      ...(shortcut?.operations ?? []),
      { module, kind: 'add', sizes: { elements: elements(main.outputShape) } },
    ],
    apply: (context, input) => tf.add(main.apply(context, input), shortcut ? shortcut.apply(context, input) : input),
  }
  if (!main.applyToFirst) return whole
  return {
    ...whole,
    applyToFirst: (context, input) =>
      tf.add(main.applyToFirst!(context, input), tf.slice(input, [0, 0, 0], [-1, 1, -1])),
  }
}
