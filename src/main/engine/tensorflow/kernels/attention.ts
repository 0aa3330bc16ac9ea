import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

export interface AttentionOptions {
  headCount: number
  /** Which tokens ask: all, or the first alone, for which alone there is a result then. */
  queries: 'all' | 'first'
}

/**
 * Multi-head scaled dot-product attention (Vaswani 2017): per head softmax(q·kᵀ/√d)·v. packed: [batch, tokens, 3 · heads · d],
 * the queries of all heads, then the keys, then the values. Result: [batch, queries, heads · d].
 * Keeps q, k and v, head by head, the attention weights, and its output.
 */
export function attention(packed: Tensor, options: AttentionOptions): Tensor {
  return kernel([packed], options)[0]!
}

/** [batch, tokens, 3 · heads · d] → q, k, v, each [batch, heads, tokens, d], or [batch, heads, 1, d] for q of the first alone. */
export function splitHeads(packed: Tensor, { headCount, queries }: AttentionOptions): Triple {
  return unpack(headsFirst(packed, headCount), queries)
}

type Triple = [q: Tensor, k: Tensor, v: Tensor]

function unpack(heads: Tensor, queries: AttentionOptions['queries']): Triple {
  const [q, k, v] = tf.unstack(heads, 0) as Triple
  return [queries === 'all' ? q : tf.slice(q, [0, 0, 0, 0], [-1, -1, 1, -1]), k, v]
}

/** [batch, heads, tokens, d] → [batch, tokens, heads · d]. */
export function joinHeads(heads: Tensor): Tensor {
  const [batch, headCount, tokens, size] = heads.shape as [number, number, number, number]
  return tf.reshape(tf.transpose(heads, [0, 2, 1, 3]), [batch, tokens, headCount * size])
}

/** [batch, tokens, 3 · heads · d] → [3, batch, heads, tokens, d]: q, k and v lie one behind the other, so that taking one copies nothing. */
function headsFirst(packed: Tensor, headCount: number): Tensor {
  const [batch, tokens, features] = packed.shape as [number, number, number]
  return tf.transpose(tf.reshape(packed, [batch, tokens, 3, headCount, features / 3 / headCount]), [2, 0, 3, 1, 4])
}

const kernel = defineKernel<AttentionOptions>({
  name: 'Attention',
  inputCount: 1,
  outputCount: 3,
  saves: { inputs: [], outputs: [0, 1, 2] },
  forward([packed], { headCount, queries }) {
    const heads = headsFirst(packed!, headCount)
    const [q, k, v] = unpack(heads, queries)
    const weights = tf.softmax(tf.matMul(tf.mul(q, 1 / Math.sqrt(q.shape.at(-1)!)), k, false, true))
    return [joinHeads(tf.matMul(weights, v)), weights, heads]
  },
  gradient([dy], [y, weights, heads], { headCount, queries }) {
    const [q, k, v] = unpack(heads!, queries)
    const [batch, , tokens, size] = k.shape as [number, number, number, number]
    const perHead = (x: Tensor) => tf.reshape(x, [batch, -1, headCount, size])
    const headGradients = tf.transpose(perHead(dy!), [0, 2, 1, 3])
    // Σⱼ dWᵢⱼ·Wᵢⱼ of softmax's gradient is dyᵢ·yᵢ, of which there is less to sum (Dao 2022).
    const sums = tf.transpose(tf.sum(perHead(tf.mul(dy!, y!)), -1, true), [0, 2, 1, 3])
    const scale = 1 / Math.sqrt(size)
    const weightGradients = tf.matMul(tf.mul(headGradients, scale), v, false, true)
    const scores = tf.mul(tf.sub(weightGradients, tf.mul(sums, scale)), weights!)
    const gradients = [
      forAllTokens(tf.matMul(scores, k), tokens),
      tf.matMul(scores, q, true, false),
      tf.matMul(weights!, headGradients, true, false),
    ]
    return [tf.reshape(tf.transpose(tf.stack(gradients), [1, 3, 0, 2, 4]), [batch, tokens, 3 * headCount * size])]
  },
})

/** Gradients of the queries that asked, and zeros for those that did not. */
const forAllTokens = (dq: Tensor, tokens: number) =>
  dq.shape[2] === tokens
    ? dq
    : tf.pad(dq, [
        [0, 0],
        [0, 0],
        [0, tokens - dq.shape[2]!],
        [0, 0],
      ])
