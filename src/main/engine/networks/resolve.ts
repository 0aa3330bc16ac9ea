import { settingRefused, type ExitlabError } from '../../../shared/error.ts'
import type { NetworkChoice, ResnetChoice, VitChoice } from '../../../shared/experiment.ts'
import type { NetworkSpec, ResnetSpec, VitSpec } from '../../../shared/network.ts'
import { createNetwork } from './index.ts'
import { placeExits, upTo } from './placement.ts'
import { resnetVariants, vitVariants, type VitPatch } from './variants.ts'

/** What a data set decides about a network. */
export interface ImageSpec {
  /** As stored, before padding. */
  height: number
  width: number
  channels: number
  /** Zero pixels added on each side. */
  pad: number
  classes: number
  normalisation: NetworkSpec['normalisation']
}

/**
 * Fills in everything an experiment leaves open about its network. Throws `invalid-experiment`, naming the key, where the choice
 * contradicts itself or does not fit the images; what it returns can be created.
 */
export function resolveNetwork(choice: NetworkChoice, image: ImageSpec): NetworkSpec {
  const spec = choice.family === 'resnet' ? resolveResnet(choice, image) : resolveVit(choice, image)
  createNetwork(spec)
  return spec
}

/**
 * Defaults: widths 16, 32, 64, … for `blockCounts`; basic blocks; the 7 × 7 stem for images from 128 pixels (method 8); exits behind
 * blocks 1 … B−2, for resnet34 behind 2, 4, …, 14 (method 2.4).
 */
function resolveResnet(choice: ResnetChoice, image: ImageSpec): ResnetSpec {
  const { block, blockCounts, widths } = resnetSizes(choice)
  const blockCount = blockCounts.reduce((sum, count) => sum + count, 0)
  if (blockCount < 2) throw refusal('blockCounts', 'one block leaves no place for an exit; expected two or more')
  const shorterSide = Math.min(image.height, image.width) + 2 * image.pad
  const { height, width, channels, pad, classes, normalisation } = image
  return {
    family: 'resnet',
    block,
    blockCounts,
    widths,
    stem: choice.stem ?? (shorterSide >= 128 ? '7x7' : '3x3'),
    inputShape: [height, width, channels],
    pad,
    classes,
    exits: placeExits(choice.exits ?? resnetExits(choice, blockCount), { family: 'resnet', blockCount }),
    head: choice.head,
    normalisation,
  }
}

function resnetSizes(choice: ResnetChoice): Pick<ResnetSpec, 'block' | 'blockCounts' | 'widths'> {
  if (choice.variant && choice.blockCounts) {
    throw refusal('blockCounts', `${choice.variant} has its own block counts; give either variant or blockCounts`)
  }
  const variant = choice.variant && resnetVariants[choice.variant]
  const blockCounts = choice.blockCounts ?? variant?.blockCounts
  if (!blockCounts) {
    const names = Object.keys(resnetVariants).join(', ')
    throw refusal('variant', `a resnet needs a variant (${names}) or blockCounts (resnet20: [3, 3, 3])`)
  }
  const widths = choice.widths ?? variant?.widths ?? blockCounts.map((_, stage) => 16 * 2 ** stage)
  if (widths.length !== blockCounts.length) {
    throw refusal('widths', `expected one width for each of the ${blockCounts.length} stages, got ${widths.length}`)
  }
  return { block: choice.block ?? variant?.block ?? 'basic', blockCounts: [...blockCounts], widths: [...widths] }
}

function resnetExits({ variant }: ResnetChoice, blockCount: number): number[] | { every: number } {
  if (variant === 'resnet34') return { every: 2 }
  return blockCount === 2 ? [0] : upTo(1, blockCount - 2)
}

/** Defaults: the variant's sizes (method 1.2); a patch size that gives vit-t-cifar 8 × 8 patches, 16 pixels for the others. */
function resolveVit(choice: VitChoice, image: ImageSpec): VitSpec {
  const { patch, exits, ...sizes } = vitVariants[choice.variant]
  const imageSize = squareSide(image)
  const depth = choice.depth ?? sizes.depth
  const places = upTo(exits.first, depth - 1 - exits.sparedAtEnd, exits.step)
  if (!choice.exits && places.length === 0) {
    throw refusal('exits', `${choice.variant} cut to ${depth} blocks has no default exits; list the blocks`)
  }
  return {
    family: 'vit',
    imageSize,
    patchSize: choice.patchSize ?? defaultPatch(patch, imageSize),
    dim: choice.dim ?? sizes.dim,
    mlpDim: choice.mlpDim ?? sizes.mlpDim,
    depth,
    headCount: choice.headCount ?? sizes.headCount,
    channels: image.channels,
    pad: image.pad,
    dropout: choice.dropout,
    attentionDropout: choice.attentionDropout,
    classes: image.classes,
    exits: placeExits(choice.exits ?? places, { family: 'vit', blockCount: depth }),
    head: choice.head,
    normalisation: image.normalisation,
  }
}

function squareSide({ height, width, pad }: ImageSpec): number {
  if (height !== width) {
    throw refusal(
      'family',
      `a vit takes square images, these are ${height} × ${width}; give data.imageSize or use a resnet`,
    )
  }
  return height + 2 * pad
}

function defaultPatch(patch: VitPatch, imageSize: number): number {
  if ('size' in patch) return patch.size
  if (imageSize % patch.grid !== 0) {
    throw refusal(
      'patchSize',
      `an image of ${imageSize} pixels does not divide into ${patch.grid} × ${patch.grid} patches; give patchSize, or pad the images (data.pad)`,
    )
  }
  return imageSize / patch.grid
}

function refusal(key: string, message: string): ExitlabError {
  return settingRefused(['network', key], message)
}
