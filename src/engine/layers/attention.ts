import { attention as attend, type Tensor } from '../tf.ts'
import { dropoutSeed } from './dropout.ts'
import { fanInUniform, xavierUniform, zeros, type Initialiser } from './initialisers.ts'
import type { AxisUnits, ForwardContext, Layer } from './layer.ts'
import { linear } from './linear.ts'

interface AttentionOptions {
  /** [tokens, features]. */
  shape: readonly number[]
  headCount: number
  /** Dropout rate of the attention weights. */
  dropout: number
  units?: AxisUnits
  /** Default: as PyTorch's MultiheadAttention. */
  init?: { weight: Initialiser; bias: Initialiser }
  /** Whether a mask is added to the scores (`attend`); for costs. */
  masked?: boolean
}

/** `apply` and `applyToFirst` know no mask. */
interface AttentionLayer extends Layer {
  attend(context: ForwardContext, input: Tensor, options: Attending): Tensor
}

interface Attending {
  /** Which tokens ask, and have a result: all, or the first alone. */
  queries: 'all' | 'first'
  /** Added to the scores, [batch, 1, 1, tokens]. */
  mask?: Tensor
}

/**
 * Multi-head self-attention with biases (Vaswani 2017): softmax(q·kᵀ/√d + mask)·v per head of d = features/heads, projected back.
 * `qkv` packs the three input projections, each head after head.
 */
export function attention(name: string, options: AttentionOptions): AttentionLayer {
  const { shape, headCount, dropout: rate, units, masked = false } = options
  const [tokens, features] = shape as [number, number]
  const size = features / headCount
  const group = `${name}.heads`
  const qkv = linear(`${name}.qkv`, {
    inputShape: shape,
    features: 3 * features,
    init: options.init ?? { weight: xavierUniform(features, 3 * features), bias: zeros },
    inputUnits: units,
    outputUnits: { group, tile: 3, repeat: size },
  })
  const out = linear(`${name}.out`, {
    inputShape: shape,
    features,
    init: options.init ?? { weight: fanInUniform(features), bias: zeros },
    inputUnits: { group, repeat: size },
    outputUnits: units,
  })
  const weights = { elements: headCount * tokens * tokens }
  const products = { matrices: headCount, rows: tokens }
  const attendTo: AttentionLayer['attend'] = (context, input, { queries, mask }) => {
    const drops = rate > 0 && context.training(qkv.parameters[0]!.name)
    const dropout = drops ? { rate, seed: dropoutSeed(context, `${name}.weights`) } : undefined
    return out.apply(context, attend(qkv.apply(context, input), { headCount, queries, mask, dropout }))
  }
  return {
    parameters: [...qkv.parameters, ...out.parameters],
    outputShape: shape,
    operations: [
      ...qkv.operations,
      { module: name, kind: 'multiply', sizes: weights },
      { module: name, kind: 'matrix-product', sizes: { ...products, inner: size, columns: tokens } },
      ...(masked ? [{ module: name, kind: 'add', sizes: weights } as const] : []),
      { module: name, kind: 'softmax', sizes: weights },
      { module: name, kind: 'dropout', sizes: {} },
      { module: name, kind: 'matrix-product', sizes: { ...products, inner: tokens, columns: size } },
      ...out.operations,
    ],
    attend: attendTo,
    apply: (context, input) => attendTo(context, input, { queries: 'all' }),
    applyToFirst: (context, input) => attendTo(context, input, { queries: 'first' }),
  }
}
