import type { DatasetDescription } from '../../../shared/data.ts'
import type { ExperimentFile } from '../../../shared/experiment.ts'
import { count } from '../../../shared/format/numbers.ts'
import { batchSizeCaveat } from '../../engine/pure.ts'

interface Planned {
  file: ExperimentFile
  dataset: DatasetDescription
  phasesToTrain: number
}

/** What is to be known of a plan before it is trained: where numbers will be noisy, and where something is not as it was asked for. */
export function caveatsOf({ file, dataset, phasesToTrain }: Planned): string[] {
  const said = [
    ...limits(file, dataset),
    heldBackTest(dataset),
    batchSizeCaveat(dataset.counts.train, { ...file.training, mixing: file.data.mixing }),
    learningRate(file.training),
    weightDecay(file.training),
    phasesToTrain === 0 ? null : fewValidationImages(dataset.counts),
  ]
  return said.filter((caveat) => caveat !== null)
}

function limits({ data: { limit } }: ExperimentFile, { available }: DatasetDescription): string[] {
  return (['train', 'test'] as const).flatMap((split) => {
    const asked = limit[split]
    if (asked === null || asked <= available[split]) return []
    const noun = split === 'train' ? 'training' : 'test'
    return `data.limit.${split} is ${count(asked)}, but the data set has ${count(available[split])} ${noun} images: all are used.`
  })
}

function heldBackTest({ testHeldBack, available }: DatasetDescription): string | null {
  if (testHeldBack === null) return null
  return (
    `The folder has no test images: ${percent(testHeldBack)} % of each class are held back as such, ${count(available.test)} ` +
    'images, the same for every seed. data.testFraction sets another share.'
  )
}

/** AdamW moves a weight by about the learning rate at each step; fresh weights are mostly smaller than this. */
const largestLearningRate = 0.1

function learningRate({ learningRate: rate }: ExperimentFile['training']): string | null {
  if (rate <= largestLearningRate) return null
  return (
    `training.learningRate is ${rate}: AdamW moves every weight by about as much at each step, and fresh weights are ` +
    'mostly below 0.1, so the training will diverge. 0.001 is usual.'
  )
}

function weightDecay({ learningRate: rate, weightDecay: decay }: ExperimentFile['training']): string | null {
  if (rate * decay < 1) return null
  return `training.learningRate × training.weightDecay is ${Number((rate * decay).toPrecision(3))}: from 1 on each step undoes every weight.`
}

function fewValidationImages({ validation }: DatasetDescription['counts']): string | null {
  if (validation >= 500) return null
  return (
    `Only ${validation} validation images: early stopping and thresholds will be noisy ` +
    `(one image is ${(100 / validation).toFixed(1)} points).`
  )
}

const percent = (share: number) => Number((100 * share).toFixed(1))
