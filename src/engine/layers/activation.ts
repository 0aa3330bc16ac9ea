import { gelu as geluOf, relu as reluOf, tf } from '../tf.ts'
import type { Layer } from './layer.ts'
import { elements } from './parameter.ts'

/** max(x, 0). */
export function relu(module: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    outputShape: shape,
    operations: [{ module, kind: 'relu', sizes: {} }],
    apply: (_context, input) => reluOf(input),
  }
}

/** x · Φ(x) with the exact normal distribution function, not the tanh approximation (Hendrycks and Gimpel 2016). */
export function gelu(module: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    outputShape: shape,
    operations: [{ module, kind: 'gelu', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => geluOf(input),
  }
}

/** tanh(x). */
export function tanh(module: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    outputShape: shape,
    operations: [{ module, kind: 'tanh', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => tf.tanh(input),
  }
}
