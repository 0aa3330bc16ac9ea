import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { keptEntries } from './dropout.ts'

interface AttentionOptions {
  headCount: number
  /** Which tokens ask: all, or the first alone, for which alone there is a result then. */
  queries: 'all' | 'first'
  /** Added to the scores q·kᵀ/√d before the softmax, [batch, 1, 1, tokens]; a constant. */
  mask?: Tensor | undefined
  /** Dropout of the attention weights, by a seed of int32 [2]. */
  dropout?: { rate: number; seed: Tensor } | undefined
}

/**
 * Multi-head scaled dot-product attention (Vaswani 2017): per head softmax(q·kᵀ/√d + mask)·v. packed: [batch, tokens, 3 · heads · d],
 * the queries of all heads, then the keys, then the values. Result: [batch, queries, heads · d].
 * Keeps q, k and v, head by head, the attention weights, which of them were dropped, and its output.
 */
export function attention(packed: Tensor, { mask, dropout, ...options }: AttentionOptions): Tensor {
  return kernel([packed, mask, dropout?.seed], { ...options, rate: dropout?.rate ?? 0 })[0]!
}

interface Attributes extends Pick<AttentionOptions, 'headCount' | 'queries'> {
  /** Of dropout. */
  rate: number
}

type Triple = [q: Tensor, k: Tensor, v: Tensor]

/** q, k, v, each [batch, heads, tokens, d], or [batch, heads, 1, d] for q of the first token alone. */
function unpack(heads: Tensor, queries: AttentionOptions['queries']): Triple {
  const [q, k, v] = tf.unstack(heads, 0) as Triple
  return [queries === 'all' ? q : tf.slice(q, [0, 0, 0, 0], [-1, -1, 1, -1]), k, v]
}

/** [batch, heads, tokens, d] → [batch, tokens, heads · d]. */
function joinHeads(heads: Tensor): Tensor {
  const [batch, headCount, tokens, size] = heads.shape as [number, number, number, number]
  return tf.reshape(tf.transpose(heads, [0, 2, 1, 3]), [batch, tokens, headCount * size])
}

/** [batch, tokens, 3 · heads · d] → [3, batch, heads, tokens, d]: q, k and v are contiguous, so that taking one copies nothing. */
function headsFirst(packed: Tensor, headCount: number): Tensor {
  const [batch, tokens, features] = packed.shape as [number, number, number]
  return tf.transpose(tf.reshape(packed, [batch, tokens, 3, headCount, features / 3 / headCount]), [2, 0, 3, 1, 4])
}

const kernel = defineKernel<Attributes>({
  name: 'Attention',
  inputCount: 3,
  outputCount: 4,
  saves: { inputs: [], outputs: [0, 1, 2, 3] },
  forward([packed, mask, seed], { headCount, queries, rate }) {
    const heads = headsFirst(packed!, headCount)
    const [q, k, v] = unpack(heads, queries)
    const scores = tf.matMul(tf.mul(q, 1 / Math.sqrt(q.shape.at(-1)!)), k, false, true)
    const weights = tf.softmax(mask ? tf.add(scores, mask) : scores)
    if (!seed) return [joinHeads(tf.matMul(weights, v)), weights, heads]
    const kept = keptEntries(weights.shape, rate, seed)
    return [joinHeads(tf.matMul(where(kept, weights), scaledUp(v, rate))), weights, heads, kept]
  },
  gradient([dy], [y, weights, heads, kept], { headCount, queries, rate }) {
    const dropped = (x: Tensor) => (kept ? where(kept, x) : x)
    const [q, k, v] = unpack(heads!, queries)
    const [batch, , tokens, size] = k.shape as [number, number, number, number]
    const perHead = (x: Tensor) => tf.reshape(x, [batch, -1, headCount, size])
    const headGradients = scaledUp(tf.transpose(perHead(dy!), [0, 2, 1, 3]), rate)
    // Σⱼ dWᵢⱼ·Wᵢⱼ of softmax's gradient is dyᵢ·yᵢ, with dropout too, of which there is less to sum (Dao 2022).
    const sums = tf.transpose(tf.sum(perHead(tf.mul(dy!, y!)), -1, true), [0, 2, 1, 3])
    const scale = 1 / Math.sqrt(size)
    const weightGradients = dropped(tf.matMul(tf.mul(headGradients, scale), v, false, true))
    const scores = tf.mul(tf.sub(weightGradients, tf.mul(sums, scale)), weights!)
    const gradients = [
      forAllTokens(tf.matMul(scores, k), tokens),
      tf.matMul(scores, q, true, false),
      tf.matMul(dropped(weights!), headGradients, true, false),
    ]
    const packed = tf.transpose(tf.stack(gradients), [1, 3, 0, 2, 4])
    return [tf.reshape(packed, [batch, tokens, 3 * headCount * size]), null, null]
  },
})

/** x where it is kept, else 0. */
const where = (kept: Tensor, x: Tensor) => tf.mul(x, tf.cast(kept, 'float32'))

/** Dropout's factor 1/(1 − rate), on values rather than weights: there are fewer of them. */
const scaledUp = (x: Tensor, rate: number) => (rate === 0 ? x : tf.mul(x, 1 / (1 - rate)))

/** Gradients of the queries that were computed, and zeros for the others. */
const forAllTokens = (dq: Tensor, tokens: number) =>
  dq.shape[2] === tokens
    ? dq
    : tf.pad(dq, [
        [0, 0],
        [0, 0],
        [0, tokens - dq.shape[2]!],
        [0, 0],
      ])
