import { attention as attend, dropout, joinHeads, splitHeads, tf, type Tensor } from '../tf.ts'
import { dropoutSeed } from './dropout.ts'
import { fanInUniform, xavierUniform, zeros } from './initialisers.ts'
import type { AxisUnits, ForwardContext, Layer } from './layer.ts'
import { linear } from './linear.ts'

export interface AttentionOptions {
  /** [tokens, features]. */
  shape: readonly number[]
  headCount: number
  /** Dropout rate of the attention weights. */
  dropout: number
  units?: AxisUnits
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
  const attendFrom = (queries: 'all' | 'first', context: ForwardContext, input: Tensor) => {
    const packed = qkv.apply(context, input)
    const drops = rate > 0 && context.training(qkv.parameters[0]!.name)
    const attended = drops
      ? attendWithDropout(splitHeads(packed, { headCount, queries }), rate, dropoutSeed(context, `${name}.weights`))
      : attend(packed, { headCount, queries })
    return out.apply(context, attended)
  }
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
    apply: (context, input) => attendFrom('all', context, input),
    applyToFirst: (context, input) => attendFrom('first', context, input),
  }
}

/** The kernel has no dropout between softmax and value, so that case is composed. */
function attendWithDropout([q, k, v]: readonly [Tensor, Tensor, Tensor], rate: number, seed: Tensor): Tensor {
  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(q.shape.at(-1)!))
  return joinHeads(tf.matMul(dropout(tf.softmax(scores), rate, seed), v))
}
