import { tf } from '../tf.ts'
import type { Layer } from './layer.ts'
import { elements } from './parameter.ts'

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
