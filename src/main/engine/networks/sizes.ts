import type { ResnetSpec, VitSpec } from '../../../shared/network.ts'
import { resnetVariants, vitVariants } from './variants.ts'

/** What a network looks like to people, in few characters. */
export interface Sizes {
  /** `ResNet-34 · 3 + 4 + 6 + 3 basic blocks`, `ViT-T (CIFAR) · 7 blocks`. */
  title: string
  /** Of the images that it takes, padding included: `32 × 32 × 1`. */
  input: string
  stem: { label: string; detail: string }
  /** One for each block: `32 · 3×3`, `256 · 8 h`. */
  blocks: string[]
}

/** Channels and kernel of each block; of a bottleneck the channels it hands on and its middle kernel. */
export function resnetSizes({ block, blockCounts, widths, stem, inputShape, pad }: ResnetSpec): Sizes {
  const [height, width, channels] = inputShape
  const same = (each: Pick<ResnetSpec, 'block' | 'blockCounts' | 'widths'>) =>
    each.block === block && sameNumbers(each.blockCounts, blockCounts) && sameNumbers(each.widths, widths)
  const expansion = block === 'bottleneck' ? 4 : 1
  return {
    title: `${titleOf(resnetVariants, same) ?? 'ResNet'} · ${blockCounts.join(' + ')} ${block} blocks`,
    input: imageSizes(height + 2 * pad, width + 2 * pad, channels),
    stem: { label: 'stem', detail: `${widths[0]} · ${stem.replace('x', '×')}` },
    blocks: blockCounts.flatMap((count, stage) =>
      Array.from({ length: count }, () => `${widths[stage]! * expansion} · 3×3`),
    ),
  }
}

/** Width and attention heads of each block. */
export function vitSizes({ imageSize, patchSize, channels, dim, mlpDim, depth, headCount }: VitSpec): Sizes {
  const same = (each: Pick<VitSpec, 'dim' | 'mlpDim' | 'depth' | 'headCount'>) =>
    sameNumbers([each.dim, each.mlpDim, each.depth, each.headCount], [dim, mlpDim, depth, headCount])
  return {
    title: `${titleOf(vitVariants, same) ?? 'ViT'} · ${depth} ${depth === 1 ? 'block' : 'blocks'}`,
    input: imageSizes(imageSize, imageSize, channels),
    stem: { label: 'patch', detail: `${dim} · ${patchSize}×${patchSize}` },
    blocks: Array.from({ length: depth }, () => `${dim} · ${headCount} h`),
  }
}

/** Title of the variant that has these sizes, if there is one. */
function titleOf<Variant extends { title: string }>(
  variants: Record<string, Variant>,
  same: (variant: Variant) => boolean,
): string | undefined {
  return Object.values(variants).find(same)?.title
}

function sameNumbers(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((number, index) => number === others[index])
}

function imageSizes(...sizes: [height: number, width: number, channels: number]): string {
  return sizes.join(' × ')
}
