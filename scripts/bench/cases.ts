import type { BertSpec } from '../../src/engine/networks/bert/schema.ts'
import type { MsdnetSpec } from '../../src/engine/networks/msdnet/schema.ts'
import type { OnnxSpec } from '../../src/engine/networks/onnx/schema.ts'
import type { ResnetSpec } from '../../src/engine/networks/resnet/schema.ts'
import type { VitSpec } from '../../src/engine/networks/vit/schema.ts'

/** One network of the speed comparison; scripts/bench/torch_steps.py holds the same. */
export interface BenchCase {
  network: ResnetSpec | VitSpec | BertSpec | MsdnetSpec | OnnxSpec
  batchSize: number
  timedSteps: number
}

const colour = { mean: [0, 0, 0], std: [1, 1, 1] }

const resnet = {
  family: 'resnet',
  block: 'basic',
  stem: '3x3',
  inputShape: [32, 32, 3],
  pad: 0,
  head: 'pooled',
  normalisation: colour,
} satisfies Partial<ResnetSpec>

export const benchCases = {
  resnet20: {
    network: { ...resnet, blockCounts: [3, 3, 3], widths: [16, 32, 64], exits: [1, 2, 3, 4, 5, 6, 7], classes: 10 },
    batchSize: 128,
    timedSteps: 12,
  },
  resnet34: {
    network: {
      ...resnet,
      blockCounts: [3, 4, 6, 3],
      widths: [64, 128, 256, 512],
      exits: [2, 4, 6, 8, 10, 12, 14],
      classes: 100,
    },
    batchSize: 32,
    timedSteps: 5,
  },
  vit: {
    network: {
      family: 'vit',
      imageSize: 32,
      patchSize: 4,
      dim: 256,
      mlpDim: 256,
      depth: 7,
      headCount: 8,
      channels: 3,
      pad: 0,
      dropout: 0,
      attentionDropout: 0,
      exits: [0, 1, 2, 3, 4, 5, 6],
      head: '1L',
      classes: 100,
      normalisation: colour,
    },
    batchSize: 64,
    timedSteps: 8,
  },
  minilm: {
    network: {
      family: 'bert',
      vocabulary: 30522,
      maxLength: 64,
      dim: 384,
      mlpDim: 1536,
      depth: 6,
      headCount: 12,
      dropout: 0.1,
      attentionDropout: 0.1,
      exits: [1, 3, 5, 7, 9],
      head: '1L',
      classes: 20,
    },
    batchSize: 32,
    timedSteps: 6,
  },
  msdnet: {
    network: {
      family: 'msdnet',
      layers: 16,
      channels: 16,
      growth: 6,
      growthFactors: [1, 2, 4],
      bottleneckFactors: [1, 2, 4],
      prune: 'max',
      reduction: 0.5,
      inputShape: [32, 32, 3],
      pad: 0,
      exits: Array.from({ length: 18 }, (_, block) => block),
      head: 'pooled',
      classes: 100,
      normalisation: colour,
    },
    batchSize: 64,
    timedSteps: 8,
  },
} satisfies Record<string, BenchCase>

export type BenchCaseName = keyof typeof benchCases

/** Networks of torchvision, which are measured as networks from ONNX files. */
export const zoo = ['mobilenet_v3_small', 'efficientnet_b0', 'convnext_tiny', 'swin_t', 'regnet_y_400mf', 'resnet18']
/** Pixels a side, and classes. */
export const zooSizes = { side: 64, classes: 10 }
export const zooSteps = { batchSize: 16, timedSteps: 6 }

/** The family's own network of the same operations as torchvision's resnet18. */
export const builtInResnet18: BenchCase = {
  network: {
    ...resnet,
    blockCounts: [2, 2, 2, 2],
    widths: [64, 128, 256, 512],
    stem: '7x7',
    maxPool: true,
    inputShape: [zooSizes.side, zooSizes.side, 3],
    exits: [],
    classes: zooSizes.classes,
  },
  ...zooSteps,
}
