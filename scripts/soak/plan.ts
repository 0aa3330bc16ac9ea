import { join } from 'node:path'
import { writeTinyData } from '../../test/trainer/support/tiny-data.ts'
import type { AnalysisQuestion } from '../../src/contract/analyses.ts'
import { experimentFile, type ExperimentFile } from '../../src/experiment/experiment.ts'
import { paperRegimes, type PaperRegime } from '../../src/shared/phase.ts'
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
 * All network families: ResNet and ViT under every regime with analyses of every kind, MSDNet and a BERT on texts under some, and
 * ensembles of heads in bfloat16.
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
    ],
    analyses: [
      ...['resnet', 'vit'].flatMap(analysesOf),
      { kind: 'gradient-dominance', runs: ['msdnet-joint-s1'], parameters: { batches: 4 } },
      { kind: 'loss-landscape', runs: ['bert-mixed-s1'], parameters: { points: 5, images: 60 } },
      { kind: 'numerical-rank', runs: ['ensembles-joint-s1'], parameters: { samples: 60 } },
    ],
    depotRuns: ['resnet-disjoint-s1', 'bert-mixed-s1', 'ensembles-joint-s1'],
  }
}

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

interface Varied {
  network: object
  data: object
  regimes?: readonly PaperRegime[]
  training?: object
}

function experimentOf(name: string, { network, data, regimes = paperRegimes, training }: Varied): ExperimentFile {
  return experimentFile.parse({
    name,
    data,
    network,
    regimes,
    training: { epochs: 3, batchSize: 16, learningRate: 3e-3, ...training },
    probes: { gradientDominance: 2 },
  })
}

function analysesOf(name: string): AnalysisQuestion[] {
  const [joint, mixed] = [`${name}-joint-s1`, `${name}-mixed-s1`]
  return [
    { kind: 'gradient-dominance', runs: [joint], parameters: { batches: 8 } },
    { kind: 'mode-connectivity', runs: [joint, mixed], parameters: { points: 7, statisticsImages: 100, images: 60 } },
    { kind: 'loss-landscape', runs: [mixed], parameters: { points: 5, images: 100 } },
    { kind: 'numerical-rank', runs: [joint], parameters: { samples: 60 } },
    { kind: 'mutual-information', runs: [mixed], parameters: { samples: 100, references: 100 } },
  ]
}

const imagesFolder = (folder: string) => join(folder, 'images')
const textsFile = (folder: string) => join(folder, 'texts.csv')
const tokenizer = join(import.meta.dirname, '../../test/trainer/text/fixtures/tokenizer.json')
