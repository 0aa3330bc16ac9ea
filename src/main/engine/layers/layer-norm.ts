import { layerNorm as normalise } from '../tf.ts'
import { ones, zeros } from './initialisers.ts'
import type { AxisUnits, Layer } from './layer.ts'
import { elements, parameter } from './parameter.ts'

/** Layer normalisation over the last axis of […, features] (Ba 2016), epsilon 1e-6 as vision transformers have it. */
export function layerNorm(name: string, shape: readonly number[], units?: AxisUnits): Layer {
  const features = shape.at(-1)!
  const scale = parameter(`${name}.weight`, { shape: [features], init: ones, units: [units] })
  const offset = parameter(`${name}.bias`, { shape: [features], init: zeros, units: [units] })
  return {
    parameters: [scale, offset],
    outputShape: shape,
    operations: [{ module: name, kind: 'layer-norm', sizes: { elements: elements(shape) } }],
    apply: (context, input) =>
      normalise(input, { scale: context.value(scale.name), offset: context.value(offset.name), epsilon: 1e-6 }),
  }
}
