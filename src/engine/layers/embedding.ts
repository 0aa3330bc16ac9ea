import { tf, type Tensor } from '../tf.ts'
import { normal, zeros } from './initialisers.ts'
import type { AxisUnits, Layer } from './layer.ts'
import { elements, parameter } from './parameter.ts'

/** A map of patches [height, width, features] as a sequence of tokens [height · width, features], row by row. */
export function patchTokens(module: string, shape: readonly number[]): Layer {
  const [height, width, features] = shape as [number, number, number]
  return {
    parameters: [],
    outputShape: [height * width, features],
    operations: [{ module, kind: 'reshape', sizes: {} }],
    apply: (_context, input) => tf.reshape(input, [-1, height * width, features]),
  }
}

/** Puts a learned token, initially 0, before [tokens, features] (Dosovitskiy 2021). */
export function classToken(name: string, shape: readonly number[], units?: AxisUnits): Layer {
  const [tokens, features] = shape as [number, number]
  const token = parameter(name, { shape: [1, 1, features], init: zeros, units: [undefined, undefined, units] })
  return {
    parameters: [token],
    outputShape: [tokens + 1, features],
    operations: [{ module: name, kind: 'concatenate', sizes: {} }],
    apply(context, input) {
      const batch = input.shape[0]!
      // A product with ones, because tfjs's gradient of tile is one operation per repetition.
      const repeated = tf.matMul(tf.ones([batch, 1]), tf.reshape(context.value(token.name), [1, features]))
      return tf.concat([tf.reshape(repeated, [batch, 1, features]), input], 1)
    },
  }
}

/** Adds a learned vector, initially N(0, 0.02²), to each of [tokens, features]. */
export function positions(name: string, shape: readonly number[], units?: AxisUnits): Layer {
  const embedding = parameter(name, {
    shape: [1, ...shape],
    init: normal(0.02),
    units: [undefined, undefined, units],
  })
  return {
    parameters: [embedding],
    outputShape: shape,
    operations: [{ module: name, kind: 'add', sizes: { elements: elements(shape) } }],
    apply: (context, input) => tf.add(input, context.value(embedding.name)),
  }
}

/** The class token, token 0, of [tokens, features]: [features]. */
export function firstToken(module: string, shape: readonly number[]): Layer {
  const features = shape.at(-1)!
  return {
    parameters: [],
    outputShape: [features],
    operations: [{ module, kind: 'index', sizes: {} }],
    apply: (_context, input) => tf.reshape(tf.slice(input, [0, 0, 0], [-1, 1, features]), [-1, features]),
  }
}

/** The mean of [tokens, features]: [features]. Of texts, some of whose tokens are padding, `meanOfTokens`. */
export function meanToken(module: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    outputShape: [shape.at(-1)!],
    operations: [{ module, kind: 'adaptive-average-pool', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => meanOfTokens(input),
  }
}

/**
 * The mean of tokens [batch, tokens, features] but padding: [batch, features]. `mask` [batch, 1, 1, tokens]: as the blocks of texts hand
 * it on, 0 at tokens and a large negative number at padding.
 */
export function meanOfTokens(tokens: Tensor, mask?: Tensor): Tensor {
  if (mask === undefined) return tf.mean(tokens, 1)
  const isToken = tf.exp(tf.reshape(mask, [-1, mask.shape.at(-1)!, 1]))
  return tf.div(tf.sum(tf.mul(tokens, isToken), 1), tf.sum(isToken, 1))
}
