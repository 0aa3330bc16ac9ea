import { analyses } from '../../../../src/readings/analyses/index.ts'
import { join } from 'node:path'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../../src/engine/regimes/index.ts'
import type { NetworkSpec } from '../../../../src/shared/network/network.ts'
import type { PaperRegime } from '../../../../src/shared/phases/phase.ts'
import type { AnalyseJob, EvaluateJob, TrainJob } from '../../../../src/contract/experiment/trainer-jobs.ts'
import type { CheckpointRef, WeightsRef } from '../../../../src/shared/phases/checkpoint-ref.ts'
import { trainingSpec } from '../../../../src/shared/experiment/training.ts'
import { smallResnet, smallVit } from '../../../support/networks.ts'
import { tinyData } from './tiny-data.ts'

const resnet = smallResnet({ blockCounts: [1, 1], exits: [0], inputShape: [8, 8, 1], pad: 2, classes: 10 })
const vit = smallVit({ depth: 2, exits: [0], classes: 10, dropout: 0.1, attentionDropout: 0.1 })

export const stepsPerEpoch = 12

export interface Place {
  /** Of the tiny data. */
  dataPath: string
  dataset: string
  /** In which each phase has a folder for its checkpoints. */
  folder: string
}

/** Phases that between them draw from every stream of random numbers there is. */
const subjects = {
  resnet: { network: resnet, data: tinyData({ pad: 2 }), regime: 'joint', phase: 0 },
  bfloat16: { network: resnet, data: tinyData({ pad: 2 }), regime: 'joint', phase: 0 },
  backbone: { network: { ...vit, exits: [] }, data: tinyData(), regime: 'mixed', phase: 0 },
  vit: {
    network: vit,
    data: tinyData({ augmentation: 'trivial-augment', mixing: {} }),
    regime: 'mixed',
    phase: 1,
  },
} satisfies Record<string, { network: NetworkSpec; data: object; regime: PaperRegime; phase: number }>

export type SubjectName = keyof typeof subjects

/** Training of a subject: 12 steps and two batches of validation an epoch; gradient dominance of the ResNet is measured at one of them. */
export function trainJob(name: SubjectName, place: Place, parent: WeightsRef | null = null): TrainJob {
  const { network, data, regime, phase } = subjects[name]
  const precision = name === 'bfloat16' ? 'bfloat16' : 'float32'
  const whole = createNetwork({ ...network, exits: [0] })
  return {
    kind: 'train',
    phaseId: name,
    format: 1,
    network,
    phase: phasesOf(regime, whole)[phase]!,
    data,
    training: trainingSpec.parse({ epochs: 4, batchSize: 16, learningRate: 3e-3, precision }),
    seed: 5,
    initial: parent === null ? { kind: 'fresh' } : { kind: 'phase', id: parent.phaseId, fresh: ['heads.0'] },
    dataPath: place.dataPath,
    dataset: place.dataset,
    parent,
    checkpointFolder: join(place.folder, name),
    checkpointSeconds: 60,
    dominanceBatches: name === 'resnet' ? 'auto' : 0,
  }
}

export function evaluateJob({ phaseId, network, data, ...place }: TrainJob, trained: CheckpointRef): EvaluateJob {
  const checkpoint = { ...trained, phaseId }
  const { dataPath, dataset } = place
  const outputFile = join(checkpoint.file, '../../evaluations/it.safetensors')
  return { kind: 'evaluate', network, data, dataPath, dataset, checkpoint, outputFile }
}

/** A phase that was trained. */
export interface Trained {
  job: TrainJob
  checkpoint: CheckpointRef
}

export function analyseJob(
  analysis: string,
  trained: readonly [Trained, ...Trained[]],
  { folder, parameters }: { folder: string; parameters: object },
): AnalyseJob {
  const { data, dataPath, dataset } = trained[0].job
  const runs = trained.map(({ job: { network, phase, training, seed, phaseId }, checkpoint }) => {
    return { checkpoint, network, phase, training, seed, phaseId, epochs: training.epochs }
  })
  const resolved = analyses.get(analysis).parameters.parse(parameters)
  return { kind: 'analyse', analysis, parameters: resolved, runs, data, dataPath, dataset, folder }
}
