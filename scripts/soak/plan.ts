import { join } from 'node:path'
import { writeTinyData } from '../../test/trainer/support/tiny-data.ts'
import type { AnalysisQuestion } from '../../src/shared/contract/analyses.ts'
import { experimentFile, type ExperimentFile } from '../../src/shared/experiment.ts'
import { regimeNames } from '../../src/shared/phase.ts'

/** What a round of the soak trains and analyses. */
export interface Plan {
  experiments: ExperimentFile[]
  analyses: AnalysisQuestion[]
}

/** Writes the made-up images that the plan's experiments read, below `folder`. */
export async function writeImages(folder: string): Promise<void> {
  await writeTinyData(imagesFolder(folder))
}

/** Both families under every regime, and analyses of every kind; about two minutes on two idle cores. */
export function wholePlan(folder: string): Plan {
  const resnet = { family: 'resnet', blockCounts: [1, 1], widths: [4, 8], exits: [0] }
  const vit = {
    family: 'vit',
    patchSize: 4,
    dim: 16,
    mlpDim: 16,
    depth: 2,
    headCount: 2,
    exits: [0],
    dropout: 0.1,
    attentionDropout: 0.1,
  }
  return {
    experiments: [
      experimentOf('resnet', folder, { network: resnet }),
      experimentOf('vit', folder, { network: vit, augmentation: 'trivial-augment', mixing: {} }),
    ],
    analyses: ['resnet', 'vit'].flatMap(analysesOf),
  }
}

interface Varied {
  network: object
  augmentation?: string
  mixing?: object
}

function experimentOf(name: string, folder: string, { network, ...data }: Varied): ExperimentFile {
  return experimentFile.parse({
    name,
    data: { source: 'mnist', path: imagesFolder(folder), validation: { fraction: 0.5 }, ...data },
    network,
    regimes: regimeNames,
    training: { epochs: 3, batchSize: 16, learningRate: 3e-3 },
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
