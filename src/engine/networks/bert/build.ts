import { gelu, tanh } from '../../layers/activation.ts'
import { attention } from '../../layers/attention.ts'
import { dropout } from '../../layers/dropout.ts'
import { firstToken } from '../../layers/embedding.ts'
import { blockOf, type Block, type Layer } from '../../layers/layer.ts'
import { linear } from '../../layers/linear.ts'
import { inGroup } from '../../layers/parameter.ts'
import { sequential } from '../../layers/composition.ts'
import { tf } from '../../tf.ts'
import type { Backbone } from '../network.ts'
import { checkHeadCount } from '../transformer.ts'
import { createEmbeddings } from './embeddings.ts'
import { init, postNorm, units } from './post-norm.ts'
import type { BertSpec } from './schema.ts'

/**
 * A BERT encoder with pooler and classifier (Devlin 2019; method 1.3), initialised as Hugging Face's. Takes `ids`, `mask` and
 * `segments` [tokens]; features behind a block are its tokens [tokens, dim], and the mask, which every block passes on.
 */
export function build(spec: BertSpec): Backbone {
  checkHeadCount(spec)
  const shape = [spec.maxLength, spec.dim]
  const layers = Array.from({ length: spec.depth }, (_, layer) => [
    createAttention(`blocks.${2 * layer}`, shape, spec),
    createFeedForward(`blocks.${2 * layer + 1}`, shape, spec),
  ])
  return {
    stem: createEmbeddings(spec),
    blocks: layers.flat(),
    classifier: blockOf(createClassifier(shape, spec), { from: 'tokens', to: 'logits' }),
    classifierReads: 'first',
  }
}

const outputsOf = (shape: readonly number[]) => ({ tokens: { shape, units }, mask: { shape: [1, 1, shape[0]!] } })

/** norm(x + drop(attention(x))). */
function createAttention(name: string, shape: readonly number[], spec: BertSpec): Block {
  const { headCount, attentionDropout, dropout: rate } = spec
  const options = { shape, headCount, dropout: attentionDropout, units, init, masked: true }
  const attend = attention(`${name}.attn`, options)
  const after = postNorm(name, shape, { rate, owner: `${name}.attn.out.weight` })
  return {
    parameters: [...attend.parameters, ...after.parameters],
    outputs: outputsOf(shape),
    operations: [...attend.operations, ...after.operations],
    apply: (context, { tokens, mask }) => ({
      tokens: after.apply(context, tokens!, attend.attend(context, tokens!, { queries: 'all', mask: mask! })),
      mask: mask!,
    }),
    applyToFirst(context, { tokens, mask }) {
      const first = tf.slice(tokens!, [0, 0, 0], [-1, 1, -1])
      const change = attend.attend(context, tokens!, { queries: 'first', mask: mask! })
      return { tokens: after.apply(context, first, change), mask: mask! }
    },
  }
}

/** norm(x + drop(mlp(x))). */
function createFeedForward(name: string, shape: readonly number[], spec: BertSpec): Block {
  const { mlpDim, dim, dropout: rate } = spec
  const hidden = { group: `${name}.mlp` }
  const [first, second] = [`${name}.mlp.fc1`, `${name}.mlp.fc2`]
  const widen = linear(first, { inputShape: shape, features: mlpDim, init, inputUnits: units, outputUnits: hidden })
  const inner = widen.outputShape
  const narrow = linear(second, { inputShape: inner, features: dim, init, inputUnits: hidden, outputUnits: units })
  const mlp = sequential([widen, gelu(`${name}.mlp`, inner), narrow])
  const after = postNorm(name, shape, { rate, owner: `${second}.weight` })
  return {
    parameters: [...mlp.parameters, ...after.parameters],
    outputs: outputsOf(shape),
    operations: [...mlp.operations, ...after.operations],
    apply: (context, { tokens, mask }) => ({
      tokens: after.apply(context, tokens!, mlp.apply(context, tokens!)),
      mask: mask!,
    }),
  }
}

/** Pooler, which counts as backbone, and linear layer on token 0. */
function createClassifier(shape: readonly number[], { dim, classes, dropout: rate }: BertSpec): Layer {
  const token = firstToken('pooler', shape)
  const pooled = { group: 'pooler' }
  const options = { inputShape: token.outputShape, features: dim, init, inputUnits: units, outputUnits: pooled }
  const output = { inputShape: [dim], features: classes, init, inputUnits: pooled }
  return sequential([
    token,
    inGroup('pooler', linear('pooler', options)),
    tanh('pooler', [dim]),
    dropout('pooler', { shape: [dim], rate, owner: 'classifier.weight' }),
    inGroup('classifier', linear('classifier', output)),
  ])
}
