import { dropout } from '../../layers/dropout.ts'
import type { Block, ForwardContext } from '../../layers/layer.ts'
import { layerNorm } from '../../layers/normalisation.ts'
import { elements, inGroup, parameter } from '../../layers/parameter.ts'
import { gather, tf, type Tensor } from '../../tf.ts'
import { init, norm, units } from './post-norm.ts'
import type { BertSpec } from './schema.ts'

/** Added to the attention scores of padding: after the softmax their weight is 0 in float32. */
const padding = -1e9
const segmentCount = 2

/**
 * The stem: norm(word + segment + position) with dropout, from `ids`, `segments` and `mask` (1: token, 0: padding), each int32
 * [batch, tokens] of at most as many tokens as there are positions. `mask` becomes what is added to scores, [batch, 1, 1, tokens].
 */
export function createEmbeddings({ vocabulary, maxLength, dim, dropout: rate }: BertSpec): Block {
  const shape = [maxLength, dim]
  const table = (name: string, rows: number) =>
    parameter(`embeddings.${name}.weight`, { shape: [rows, dim], init: init.weight, units: [undefined, units] })
  const [word, position] = [table('word', vocabulary), table('position', maxLength)]
  const segment = table('segment', segmentCount)
  const normalise = layerNorm('embeddings.norm', shape, norm)
  const drop = dropout('embeddings', { shape, rate, owner: word.name })
  const add = { module: 'embeddings', kind: 'add', sizes: { elements: elements(shape) } } as const
  const sum = (context: ForwardContext, ids: Tensor, segments: Tensor) => {
    const tokens = tf.add(lookUp(context.value(word.name), ids), chosen(context.value(segment.name), segments))
    return tf.add(tokens, tf.slice(context.value(position.name), [0, 0], [ids.shape[1]!, dim]))
  }
  return inGroup('embeddings', {
    parameters: [word, position, segment, ...normalise.parameters],
    outputs: { tokens: { shape, units }, mask: { shape: [1, 1, maxLength] } },
    operations: [
      ...['word', 'position', 'segment'].map(
        (name) => ({ module: `embeddings.${name}`, kind: 'index', sizes: {} }) as const,
      ),
      ...[add, add, ...normalise.operations, ...drop.operations],
    ],
    apply: (context, { ids, segments, mask }) => ({
      tokens: drop.apply(context, normalise.apply(context, sum(context, ids!, segments!))),
      mask: tf.mul(tf.sub(1, tf.cast(tf.reshape(mask!, [-1, 1, 1, mask!.shape[1]!]), 'float32')), padding),
    }),
  })
}

/** Rows of a table [rows, dim] at ids [batch, tokens]: [batch, tokens, dim]. */
function lookUp(rows: Tensor, ids: Tensor): Tensor {
  return tf.reshape(gather(rows, tf.reshape(ids, [-1])), [...ids.shape, rows.shape[1]!])
}

/** The same by a product, whose gradient is one as well: for a table of few rows. */
function chosen(rows: Tensor, ids: Tensor): Tensor {
  const picked = tf.oneHot(tf.reshape(ids, [-1]), rows.shape[0]!, 1, 0, 'float32')
  return tf.reshape(tf.matMul(picked, rows), [...ids.shape, rows.shape[1]!])
}
