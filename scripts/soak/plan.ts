import { join } from 'node:path'
import { writeTinyData } from '../../test/main/trainer/support/tiny-data.ts'
import type { AnalysisQuestion } from '../../src/contract/analyses.ts'
import { experimentFile, type ExperimentFile } from '../../src/contract/experiment/experiment.ts'
import { paperRegimes, type PaperRegime } from '../../src/shared/phases/phase.ts'
import { writeMadeUpTexts } from './made-up-texts.ts'

/** What a round of the soak trains and analyses. */
export interface Plan {
  experiments: ExperimentFile[]
  analyses: AnalysisQuestion[]
  /** Names of runs whose phases are trained once more in a depot, without a host. */
  depotRuns: string[]
}

/** Writes the made-up images and texts that the plan's experiments read, below `folder`. */
export async function writeData(folder: string): Promise<void> {
  await writeTinyData(imagesFolder(folder))
  writeMadeUpTexts(textsFile(folder))
}

/**
 * All network families: ResNet and ViT under every regime with analyses of every kind, MSDNet, a BERT on texts and a network from an
 * ONNX file under some; ensembles of heads in bfloat16, regimes of one's own, and SGD with momentum and distillation.
 */
export function wholePlan(folder: string): Plan {
  const images = { source: 'mnist', path: imagesFolder(folder), validation: { fraction: 0.5 } }
  const texts = {
    source: 'text-table',
    path: textsFile(folder),
    tokenizer,
    maxLength: 12,
    validation: { fraction: 0.2 },
  }
  return {
    experiments: [
      experimentOf('resnet', { network: resnet, data: images }),
      experimentOf('vit', { network: vit, data: { ...images, augmentation: 'trivial-augment', mixing: {} } }),
      experimentOf('msdnet', {
        network: msdnet,
        data: { ...images, augmentation: 'crop-flip' },
        regimes: ['joint', 'separate'],
      }),
      experimentOf('bert', { network: bert, data: texts, regimes: ['disjoint', 'mixed'] }),
      experimentOf('ensembles', {
        network: { ...resnet, head: 'ztw' },
        data: images,
        regimes: ['joint', 'disjoint'],
        training: { precision: 'bfloat16' },
      }),
      experimentOf('onnx', {
        network: onnx,
        data: { ...images, pad: 4, augmentation: 'crop-flip' },
        regimes: ['joint', 'mixed'],
        objective: { weighting: 'sdn', parameters: { rampEpochs: 2 } },
      }),
      experimentOf('own', {
        network: { ...resnet, exits: [0, 1], blockCounts: [1, 1, 1], widths: [4, 8, 8] },
        data: images,
        regimes: ownRegimes,
      }),
      experimentOf('sgd', {
        network: vit,
        data: images,
        regimes: ['joint', 'mixed'],
        objective: { weighting: 'uniform', distillation: { teacher: 'ensemble' } },
        training: { optimiser: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 1e-4 },
      }),
    ],
    analyses: [
      ...['resnet', 'vit'].flatMap(analysesOf),
      { kind: 'gradient-dominance', runs: ['msdnet-joint-s1'], parameters: { batches: 4 } },
      { kind: 'loss-landscape', runs: ['bert-mixed-s1'], parameters: { points: 5, images: 60 } },
      { kind: 'numerical-rank', runs: ['ensembles-joint-s1'], parameters: { samples: 60 } },
      { kind: 'mode-connectivity', runs: ['onnx-joint-s1', 'onnx-mixed-s1'], parameters: pathParameters },
      { kind: 'gradient-dominance', runs: ['own-by-turns-s1'], parameters: { batches: 4 } },
      { kind: 'loss-landscape', runs: ['sgd-mixed-s1'], parameters: { points: 5, images: 60 } },
    ],
    depotRuns: [
      'resnet-disjoint-s1',
      'bert-mixed-s1',
      'ensembles-joint-s1',
      'onnx-mixed-s1',
      'own-freeze-thaw-s1',
      'sgd-joint-s1',
    ],
  }
}

const tests = join(import.meta.dirname, '../../test')
const tokenizer = join(tests, 'main/trainer/text/fixtures/tokenizer.json')
const onnxFile = join(tests, 'engine/networks/onnx/fixtures/convolutional.onnx')

const resnet = { family: 'resnet', blockCounts: [1, 1], widths: [4, 8], exits: [0] }
const transformer = { dim: 16, mlpDim: 16, depth: 2, headCount: 2, exits: [0], dropout: 0.1, attentionDropout: 0.1 }
const vit = { family: 'vit', patchSize: 4, ...transformer }
const bert = { family: 'bert', ...transformer }
const msdnet = {
  family: 'msdnet',
  stages: 2,
  base: 1,
  step: 1,
  channels: 4,
  growth: 2,
  growthFactors: [1, 2],
  exits: [0],
}

/** With dropout of weights and of paths, batch norms, and convolutions of many kinds; its images have 16 × 16 pixels. */
const onnx = { family: 'onnx', file: onnxFile, exits: [0, 2] }

/** With phases that differ in rates, objective, optimiser and augmentation, and one that cycles through the exits. */
const ownRegimes = [
  {
    name: 'freeze-thaw',
    phases: [
      { trains: 'backbone' },
      { trains: 'heads', training: { optimiser: 'sgd', learningRate: 0.05 } },
      {
        trains: 'all',
        training: { epochs: 2 },
        learningRates: { backbone: 0.1 },
        objective: { weighting: 'uniform', distillation: { temperature: 4 } },
        augmentation: 'crop-flip',
      },
    ],
  },
  {
    name: 'by-turns',
    phases: [
      { forEach: 'early-exit', trains: 'segment', exits: 'this' },
      { trains: 'all', cycle: [[0, 1], 'final'] },
    ],
  },
]

interface Varied {
  network: object
  data: object
  regimes?: readonly (PaperRegime | object)[]
  objective?: object
  training?: object
}

function experimentOf(
  name: string,
  { network, data, regimes = paperRegimes, objective, training }: Varied,
): ExperimentFile {
  return experimentFile.parse({
    name,
    data,
    network,
    regimes,
    objective,
    training: { epochs: 3, batchSize: 16, learningRate: 3e-3, ...training },
    probes: { gradientDominance: 2 },
  })
}

const pathParameters = { points: 7, statisticsImages: 100, images: 60 }

function analysesOf(name: string): AnalysisQuestion[] {
  const [joint, mixed] = [`${name}-joint-s1`, `${name}-mixed-s1`]
  return [
    { kind: 'gradient-dominance', runs: [joint], parameters: { batches: 8 } },
    { kind: 'mode-connectivity', runs: [joint, mixed], parameters: pathParameters },
    { kind: 'loss-landscape', runs: [mixed], parameters: { points: 5, images: 100 } },
    { kind: 'numerical-rank', runs: [joint], parameters: { samples: 60 } },
    { kind: 'mutual-information', runs: [mixed], parameters: { samples: 100, references: 100 } },
  ]
}

const imagesFolder = (folder: string) => join(folder, 'images')
const textsFile = (folder: string) => join(folder, 'texts.csv')
