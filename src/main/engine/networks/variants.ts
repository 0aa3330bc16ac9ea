import type { ResnetChoice, VitChoice } from '../../../shared/experiment.ts'
import type { ResnetSpec, VitSpec } from '../../../shared/network.ts'

/** What papers call it. */
interface Titled {
  title: string
}

type ResnetSizes = Pick<ResnetSpec, 'block' | 'blockCounts' | 'widths'>

/** The ImageNet-style residual networks (He 2016, table 1). */
export const resnetVariants = {
  resnet18: { title: 'ResNet-18', block: 'basic', blockCounts: [2, 2, 2, 2], widths: [64, 128, 256, 512] },
  resnet34: { title: 'ResNet-34', block: 'basic', blockCounts: [3, 4, 6, 3], widths: [64, 128, 256, 512] },
  resnet50: { title: 'ResNet-50', block: 'bottleneck', blockCounts: [3, 4, 6, 3], widths: [64, 128, 256, 512] },
  resnet101: { title: 'ResNet-101', block: 'bottleneck', blockCounts: [3, 4, 23, 3], widths: [64, 128, 256, 512] },
  resnet152: { title: 'ResNet-152', block: 'bottleneck', blockCounts: [3, 8, 36, 3], widths: [64, 128, 256, 512] },
} satisfies Record<NonNullable<ResnetChoice['variant']>, ResnetSizes & Titled>

type VitSizes = Pick<VitSpec, 'dim' | 'mlpDim' | 'depth' | 'headCount'>

/** The vision transformers of method 1.2; `patch` gives the patch size where the experiment doesn't, `exits` the default places. */
export const vitVariants = {
  'vit-t-cifar': {
    title: 'ViT-T (CIFAR)',
    dim: 256,
    mlpDim: 256,
    depth: 7,
    headCount: 8,
    patch: { grid: 8 },
    exits: { first: 0, step: 1, sparedAtEnd: 0 },
  },
  'vit-t': {
    title: 'ViT-T',
    dim: 192,
    mlpDim: 768,
    depth: 12,
    headCount: 3,
    patch: { size: 16 },
    exits: { first: 1, step: 1, sparedAtEnd: 1 },
  },
  'vit-s': {
    title: 'ViT-S',
    dim: 384,
    mlpDim: 1536,
    depth: 12,
    headCount: 6,
    patch: { size: 16 },
    exits: { first: 1, step: 1, sparedAtEnd: 1 },
  },
  'vit-b': {
    title: 'ViT-B',
    dim: 768,
    mlpDim: 3072,
    depth: 12,
    headCount: 12,
    patch: { size: 16 },
    exits: { first: 3, step: 2, sparedAtEnd: 2 },
  },
} satisfies Record<VitChoice['variant'], VitSizes & Titled & { patch: VitPatch; exits: DefaultPlaces }>

/** Patches of `size` pixels, or as many pixels as make `grid` × `grid` patches of the image (method 1.2: 32/4 and 64/8 alike). */
export type VitPatch = { size: number } | { grid: number }

/** Every `step`-th block from `first`, without the last `sparedAtEnd` blocks. */
export interface DefaultPlaces {
  first: number
  step: number
  sparedAtEnd: number
}
