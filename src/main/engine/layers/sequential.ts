import type { Tensor } from '../tf.ts'
import type { ForwardContext, Layer } from './layer.ts'

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
