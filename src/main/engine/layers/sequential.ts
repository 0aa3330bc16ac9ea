import type { Layer } from './layer.ts'

/** Layers one after the other, at least one, as one layer. */
export function sequential(layers: readonly Layer[]): Layer {
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    outputShape: layers.at(-1)!.outputShape,
    operations: layers.flatMap((layer) => layer.operations),
    apply: (context, input) => layers.reduce((x, layer) => layer.apply(context, x), input),
  }
}
