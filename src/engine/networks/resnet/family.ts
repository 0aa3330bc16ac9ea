import type { Problem } from '../../../shared/basics/error.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import type { ImageSpec } from '../../../shared/network/network.ts'
import { placeExits, upTo } from '../exit-placement.ts'
import { chain, refusal, tooDeep, tooWide, variantTitle, type Family, type NetworkPicture } from '../family.ts'
import { imageInputs, paddedShape } from '../image-shape.ts'
import { choice, spec, variantNames, variants, variantWidths } from './schema.ts'
import type { ResnetChoice, ResnetSizes, ResnetSpec } from './schema.ts'
import { torchvision } from './weights.ts'

export const resnet: Family<ResnetSpec, ResnetChoice, 'images'> = {
  info: {
    title: 'Residual network',
    summary: 'Convolutional, post-activation, basic or bottleneck blocks.',
    paper: 'He et al. 2016, Deep Residual Learning for Image Recognition',
  },
  choice,
  spec,
  variants,
  defaults: { augmentation: 'crop-flip', clipNorm: null, head: 'pooled' },
  reads: () => 'map',
  takes: 'images',
  contradictions,
  resolve,
  inputs: imageInputs,
  blockCount,
  // The last block feeds the final classifier.
  lastSite: (spec) => blockCount(spec) - 2,
  evaluated: (spec) => spec,
  draw,
  weights: [torchvision],
  notes,
  load: () => import('./build.ts'),
}

function blockCount({ blockCounts }: Pick<ResnetSpec, 'blockCounts'>): number {
  return blockCounts.reduce((sum, blocks) => sum + blocks, 0)
}

/**
 * Defaults: widths 16, 32, 64, … for `blockCounts`; basic blocks; the 7 × 7 stem for images from 128 pixels (method 8); exits behind
 * blocks 1 … B−2, for resnet34 behind 2, 4, …, 14 (method 2.4).
 */
function resolve(choice: ResnetChoice, image: ImageSpec): ResnetSpec {
  const { block, blockCounts, widths } = resolveSizes(choice)
  const blocks = blockCount({ blockCounts })
  if (blocks < 2) throw refusal('blockCounts', 'a network of one block has no exit site; expected two or more blocks')
  const { height, width, channels, pad, classes, normalisation } = image
  const shorterSide = Math.min(height, width) + 2 * pad
  const sites = { network: 'resnet', blockCount: blocks, lastSite: blocks - 2 }
  return {
    family: 'resnet',
    block,
    blockCounts,
    widths,
    stem: choice.stem ?? (shorterSide >= 128 ? '7x7' : '3x3'),
    ...(choice.maxPool && { maxPool: true }),
    inputShape: [height, width, channels],
    pad,
    classes,
    exits: placeExits(choice.exits ?? defaultExits(choice, blocks), sites),
    head: choice.head,
    normalisation,
  }
}

function resolveSizes(choice: ResnetChoice): ResnetSizes {
  if (choice.variant && choice.blockCounts) {
    throw refusal('blockCounts', `${choice.variant} defines its block counts; give either variant or blockCounts`)
  }
  const variant = choice.variant && variants[choice.variant]
  const blockCounts = choice.blockCounts ?? variant?.blockCounts
  if (!blockCounts) {
    throw refusal(
      'variant',
      `a resnet needs a variant (${variantNames.join(', ')}) or blockCounts (resnet20: [3, 3, 3])`,
    )
  }
  const widths = choice.widths ?? (variant ? variantWidths : blockCounts.map((_, stage) => 16 * 2 ** stage))
  if (widths.length !== blockCounts.length) {
    throw refusal('widths', `expected one width for each of the ${blockCounts.length} stages, got ${widths.length}`)
  }
  return { block: choice.block ?? variant?.block ?? 'basic', blockCounts: [...blockCounts], widths: [...widths] }
}

function defaultExits({ variant }: ResnetChoice, blocks: number): number[] | { every: number } {
  if (variant === 'resnet34') return { every: 2 }
  return blocks === 2 ? [0] : upTo(1, blocks - 2)
}

/** Stages given twice, not at all, with another number of widths, or beyond what can be planned. */
function contradictions(network: Readonly<Record<string, unknown>>): Problem[] {
  const blocks = numbers(network['blockCounts']).reduce((sum, count) => sum + count, 0)
  const widths: unknown[] = Array.isArray(network['widths']) ? network['widths'] : []
  return [
    ...stageProblems(network),
    ...tooDeep('blockCounts', blocks),
    ...widths.flatMap((width, stage) => tooWide(['widths', stage], width)),
  ]
}

const numbers = (list: unknown) => (Array.isArray(list) ? list.filter((each) => typeof each === 'number') : [])

function stageProblems(network: Readonly<Record<string, unknown>>): Problem[] {
  const { variant, blockCounts, widths } = network
  if (variant !== undefined && blockCounts !== undefined)
    return [{ path: ['blockCounts'], message: 'expected either variant or blockCounts; got both' }]
  const misspelt = Object.keys(network).some((key) => nearestWord(key, ['variant', 'blockCounts']) !== undefined)
  if (!misspelt) {
    const message = 'resnet needs either variant (such as resnet34) or blockCounts (such as [3, 3, 3])'
    return [{ path: ['family'], message }]
  }
  if (Array.isArray(blockCounts) && Array.isArray(widths) && blockCounts.length !== widths.length) {
    const stages = `each of the ${blockCounts.length} stages in blockCounts`
    return [{ path: ['widths'], message: `expected one width for ${stages}; got ${widths.length}` }]
  }
  return []
}

/** Channels and kernel of each block; for a bottleneck, its output channels and the kernel of its middle convolution. */
function draw(spec: ResnetSpec): NetworkPicture {
  const { block, blockCounts, widths, stem, maxPool, classes } = spec
  const withWidths = Object.fromEntries(
    Object.entries(variants).map(([name, variant]) => [name, { ...variant, widths: variantWidths }]),
  )
  const title = variantTitle(withWidths, { block, blockCounts, widths }) ?? 'ResNet'
  const expansion = block === 'bottleneck' ? 4 : 1
  return {
    title: `${title} · ${blockCounts.join(' + ')} ${block} blocks`,
    input: paddedShape(spec).join(' × '),
    ...chain(
      { id: 'stem', label: 'stem', detail: `${widths[0]} · ${stem.replace('x', '×')}${maxPool ? ' · max-pool' : ''}` },
      blockCounts.flatMap((count, stage) => Array<string>(count).fill(`${widths[stage]! * expansion} · 3×3`)),
      classes,
    ),
  }
}

function notes({ block, stem, maxPool }: ResnetSpec): string {
  return `The network is a residual network: \`stem\` (${stem} convolution, batch norm, ReLU, ${maxPool ? '3 × 3 max-pool with stride 2 and padding 1' : 'no max-pool'}), ${block} blocks \`blocks.i\`
(convolution and batch norm in turn, ReLU between them and after the sum; \`shortcut\` where the shape changes; the first block of
every stage but the first has stride 2${block === 'bottleneck' ? ', in its 3 × 3 convolution' : ''}), then global average pooling and \`classifier\`. Batch norm has eps 1e-5.`
}
