import { attention as attend, dropout, tf, type Tensor } from '../tf.ts'
import { dropoutSeed } from './dropout.ts'
import { fanInUniform, xavierUniform, zeros } from './initialisers.ts'
import type { Layer, Units } from './layer.ts'
import { linear } from './linear.ts'

export interface AttentionOptions {
  /** [tokens, features]. */
  shape: readonly number[]
  headCount: number
  /** Dropout rate of the attention weights. */
  dropout: number
  units?: Units
}

/**
 * Multi-head self-attention with biases (Vaswani 2017): softmax(q·kᵀ/√d)·v per head of d = features/heads, projected back.
 * `qkv` packs the three input projections, each head after head; initialised as PyTorch's MultiheadAttention.
 */
export function attention(name: string, { shape, headCount, dropout: rate, units }: AttentionOptions): Layer {
  const [tokens, features] = shape as [number, number]
  const size = features / headCount
  const group = `${name}.heads`
  const qkv = linear(`${name}.qkv`, {
    inputShape: shape,
    features: 3 * features,
    init: { weight: xavierUniform(features, 3 * features), bias: zeros },
    inputUnits: units,
    outputUnits: { group, tile: 3, repeat: size },
  })
  const out = linear(`${name}.out`, {
    inputShape: shape,
    features,
    init: { weight: fanInUniform(features), bias: zeros },
    inputUnits: { group, repeat: size },
    outputUnits: units,
  })
  const weights = { elements: headCount * tokens * tokens }
  const products = { matrices: headCount, rows: tokens }
  return {
    parameters: [...qkv.parameters, ...out.parameters],
    outputShape: shape,
    operations: [
      ...qkv.operations,
      { module: name, kind: 'multiply', sizes: weights },
      { module: name, kind: 'matrix-product', sizes: { ...products, inner: size, columns: tokens } },
      { module: name, kind: 'softmax', sizes: weights },
      { module: name, kind: 'dropout', sizes: {} },
      { module: name, kind: 'matrix-product', sizes: { ...products, inner: tokens, columns: size } },
      ...out.operations,
    ],
    apply(context, input) {
      const [q, k, v] = splitHeads(qkv.apply(context, input), [tokens, headCount, size])
      const drops = rate > 0 && context.training(qkv.parameters[0]!.name)
      const joined = drops
        ? attendWithDropout([q, k, v], rate, dropoutSeed(context, `${name}.weights`))
        : attend(q, k, v)
      return out.apply(context, tf.reshape(tf.transpose(joined, [0, 2, 1, 3]), [-1, tokens, features]))
    },
  }
}

type Triple = [Tensor, Tensor, Tensor]

/** [batch, tokens, 3 · heads · size] → q, k, v, each [batch, heads, tokens, size]. */
function splitHeads(packed: Tensor, shape: [tokens: number, headCount: number, size: number]): Triple {
  return tf.split(packed, 3, -1).map((part) => tf.transpose(tf.reshape(part, [-1, ...shape]), [0, 2, 1, 3])) as Triple
}

/** The kernel has no dropout between softmax and value, so that case is composed. */
function attendWithDropout([q, k, v]: Triple, rate: number, seed: Tensor): Tensor {
  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(q.shape.at(-1)!))
  return tf.matMul(dropout(tf.softmax(scores), rate, seed), v)
}
