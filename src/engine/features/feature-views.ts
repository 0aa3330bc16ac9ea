import { ExitlabError } from '../../shared/basics/error.ts'
import { elements } from '../layers/parameter.ts'
import { sampleKindOf, tokenOf } from '../networks/families.ts'
import type { Network } from '../networks/index.ts'
import { permutation, stream } from '../random.ts'
import type { Tensor } from '../tf.ts'
import { adaptiveAveragePool, gather, tf } from '../tf.ts'
import type { FeatureView } from './block-features.ts'

/** Which features of a block are chosen. */
interface FeatureChoice {
  tokens: 'class' | 'all'
  /** At most. */
  features: number
  seed: number
}

/** Selection of a block's features. */
export interface FeatureSubset extends FeatureView {
  /** Before a subset was taken. */
  featureCount: number
}

/**
 * Flattened features of each block, or of its class token; of more than `features` a random subset, which seed and shape decide.
 * @throws ExitlabError `conflict` where all tokens of texts are asked for: some of them are padding.
 */
export function featureSubsets(network: Network, parameters: FeatureChoice): FeatureSubset[] {
  if (parameters.tokens === 'all' && sampleKindOf(network.spec) === 'text') {
    throw new ExitlabError(
      'conflict',
      'Texts differ in length, so that some of all their tokens are padding. Choose the class token (tokens: class).',
    )
  }
  return readShapes(network).map((shape, block) => {
    const classOnly = parameters.tokens === 'class' && network.reads === 'tokens'
    const featureCount = classOnly ? shape[1]! : elements(shape)
    const chosen = subset(featureCount, parameters, block)
    return {
      featureCount,
      width: chosen?.length ?? featureCount,
      apply(features) {
        const flat = classOnly ? firstToken(features) : tf.reshape(features, [-1, featureCount])
        return chosen ? gather(flat, tf.tensor1d(chosen, 'int32'), 1) : flat
      },
    }
  })
}

/** Ascending; null: all of them. */
function subset(count: number, { features, seed }: FeatureChoice, block: number): Int32Array | null {
  if (count <= features) return null
  return permutation(count, stream(seed, 'features', block))
    .slice(0, features)
    .sort()
}

/** Maps of each block averaged over a grid of at most `size` cells a side; of tokens the class token. */
export function pooledFeatures(network: Network, size: number): FeatureView[] {
  return readShapes(network).map((shape) => {
    if (network.reads === 'tokens') return { width: shape[1]!, apply: firstToken }
    const [height, width, channels] = shape as [number, number, number]
    const cells = Math.min(size, height, width)
    const whole = height <= size && width <= size
    const length = whole ? height * width * channels : cells * cells * channels
    return {
      width: length,
      apply: (features) => tf.reshape(whole ? features : adaptiveAveragePool(features, cells), [-1, length]),
    }
  })
}

/** What is not analysed where one token stands for all, as a sentence without its end; null where maps are read. */
export function oneTokenCaveat({ spec, reads }: Pick<Network, 'spec' | 'reads'>): string | null {
  if (reads !== 'tokens') return null
  const token = tokenOf(spec)
  if (token === 'first token') return 'Only the first token is analysed, although the exit heads read all tokens'
  return `Only the ${token}, which the exits read, is analysed`
}

/** Of the feature of each block that heads read: maps are [height, width, channels], tokens [tokens, dim]. */
function readShapes({ sites, reads }: Network): (readonly number[])[] {
  return sites.map(({ features }) => features[reads]!.shape)
}

function firstToken(features: Tensor): Tensor {
  const [images, , dim] = features.shape as [number, number, number]
  return tf.reshape(tf.slice(features, [0, 0, 0], [images, 1, dim]), [images, dim])
}
