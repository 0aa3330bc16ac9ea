import type { BertSpec } from '../../src/engine/networks/bert/schema.ts'
import type { MsdnetSpec } from '../../src/engine/networks/msdnet/schema.ts'
import type { ResnetSpec } from '../../src/engine/networks/resnet/schema.ts'
import type { VitSpec } from '../../src/engine/networks/vit/schema.ts'

/** A ResNet of four basic blocks in two stages, on grey 12 × 12 images. */
export function smallResnet(changes: Partial<ResnetSpec> = {}): ResnetSpec {
  return {
    family: 'resnet',
    block: 'basic',
    blockCounts: [2, 2],
    widths: [4, 6],
    stem: '3x3',
    inputShape: [12, 12, 1],
    pad: 0,
    head: 'pooled',
    classes: 3,
    exits: [0, 2],
    normalisation: { mean: [0.5], std: [0.25] },
    ...changes,
  }
}

/** A ViT of three blocks on grey 8 × 8 images: four patches and the class token. */
export function smallVit(changes: Partial<VitSpec> = {}): VitSpec {
  return {
    family: 'vit',
    imageSize: 8,
    patchSize: 4,
    dim: 8,
    mlpDim: 12,
    depth: 3,
    headCount: 2,
    channels: 1,
    pad: 0,
    dropout: 0,
    attentionDropout: 0,
    head: '1L',
    classes: 3,
    exits: [0, 2],
    normalisation: { mean: [0.5], std: [0.25] },
    ...changes,
  }
}

/** A BERT of two layers for up to eight tokens of a vocabulary of 20. */
export function smallBert(changes: Partial<BertSpec> = {}): BertSpec {
  return {
    family: 'bert',
    vocabulary: 20,
    maxLength: 8,
    dim: 8,
    mlpDim: 12,
    depth: 2,
    headCount: 2,
    dropout: 0,
    attentionDropout: 0,
    head: '1L',
    classes: 3,
    exits: [0, 1],
    ...changes,
  }
}

/**
 * An MSDNet of two layers on grey 8 × 8 images: the first layer at two scales, a layer that gives both, one that drops the finer,
 * a transition.
 */
export function smallMsdnet(changes: Partial<MsdnetSpec> = {}): MsdnetSpec {
  return {
    family: 'msdnet',
    layers: 2,
    channels: 4,
    growth: 2,
    growthFactors: [1, 2],
    bottleneckFactors: [1, 2],
    prune: 'max',
    reduction: 0.5,
    inputShape: [8, 8, 1],
    pad: 0,
    head: 'pooled',
    classes: 3,
    exits: [0, 1],
    normalisation: { mean: [0.5], std: [0.25] },
    ...changes,
  }
}
