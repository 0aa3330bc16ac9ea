import { totalmem } from 'node:os'
import { sampleTotal, type DataSpec, type ImageDescription, type TextDescription } from '../../../shared/data/data.ts'
import type { Problem } from '../../../shared/basics/error.ts'
import { bytes } from '../../../shared/format/numbers.ts'
import type { PlannedPhase } from '../../../engine/plan.ts'
import { batchSizeOf, isStreamed } from '../../../engine/pure.ts'

/** Of the process and of TensorFlow, before anything is trained. */
const baseBytes = 500e6
const bytesOfFloat = 4
/** Fraction of a batch's activations that is alive at once. docs/decisions/008-memory-of-a-training.md */
const keptActivations = 0.76

/** Memory in bytes for training the largest phase of an experiment. */
export interface TrainingMemory {
  /** Weights, gradients and moments, with the copies that are made of them. */
  weights: number
  /** What the network makes of the samples of a batch. */
  activations: number
  /** Samples of a batch. */
  batch: number
  /** The samples of the data set. */
  images: number
  total: number
}

interface Trained {
  phases: readonly PlannedPhase[]
  dataset: SizedDataset
  batchSize: number
  /** Arrays that the optimiser keeps for each parameter. */
  momentCount: number
  mixing: DataSpec['mixing']
  augmentation: DataSpec['augmentation']
  /** Batches of an epoch at which gradient dominance is measured. */
  gradientDominance: number | 'auto'
}

type SizedDataset =
  | Pick<ImageDescription, 'kind' | 'counts' | 'height' | 'width' | 'channels' | 'canStream'>
  | Pick<TextDescription, 'kind' | 'counts' | 'tokens' | 'maxLength'>

/** Bytes of a sample in memory: a byte a value of an image; at most so many of a text's tokens. */
function sampleBytes(dataset: SizedDataset): number {
  if (dataset.kind === 'images') return dataset.height * dataset.width * dataset.channels
  return 4 * Math.min(dataset.tokens.longest, dataset.maxLength)
}

/** Samples in memory, a byte a value: all as the files have them and as they are split; streamed, those of a batch and of the two behind it, as floats. */
function copiesOf(
  dataset: SizedDataset,
  { batch, augmentation }: { batch: number; augmentation: DataSpec['augmentation'] },
): number {
  if (dataset.kind === 'images' && isStreamed(dataset, { augmentation })) return 3 * bytesOfFloat * batch
  return 2 * sampleTotal(dataset.counts)
}

/** An estimate; docs/decisions/008-memory-of-a-training.md says how near it comes. */
export function trainingMemory({ phases, dataset, ...asked }: Trained): TrainingMemory {
  const { counts } = dataset
  const batch = batchSizeOf(counts.train, asked)
  const images = copiesOf(dataset, { batch, augmentation: asked.augmentation }) * sampleBytes(dataset)
  const compared = (dominance: number) => (asked.gradientDominance === 0 ? 0 : dominance)
  const needs = phases.map(({ numbers: { model, gradients, dominance, activations } }) => ({
    // The state, its copy and the file made of that for a checkpoint, the weights kept of an epoch, and gradients.
    weights:
      bytesOfFloat * (3 * (model + asked.momentCount * gradients) + model + Math.max(gradients, compared(dominance))),
    activations: bytesOfFloat * keptActivations * batch * activations,
  }))
  const largest = needs.reduce((a, b) => (b.weights + b.activations > a.weights + a.activations ? b : a))
  return { ...largest, batch, images, total: baseBytes + largest.weights + largest.activations + images }
}

/** Bytes of memory that a process of this machine can have. */
export function machineMemory(): number {
  // Limit of a container; 0 or a huge value if there is none.
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/**
 * That a training does not fit into the machine's memory; null where it does. On a GPU the images of a batch are in its own memory,
 * which is not known here.
 */
export function memoryProblem(
  memory: TrainingMemory,
  { available, gpu }: { available: number; gpu: boolean },
): Problem | null {
  const needed = gpu ? memory.total - memory.activations : memory.total
  if (needed <= available) return null
  const ofOne = needed - memory.activations * (1 - 1 / memory.batch)
  // If a batch size of 1 would fit, the batch size is the cause.
  const path = !gpu && ofOne <= available ? ['training', 'batchSize'] : ['network']
  const message =
    `training takes about ${bytes(needed)} of memory, but this machine has ${bytes(available)}: ` +
    `${bytes(memory.weights)} for weights, gradients and moments, ` +
    (gpu ? '' : `${bytes(memory.activations)} for the activations of a batch, `) +
    `${bytes(memory.images)} for the data set. Make the network, the images (data.pad, data.imageSize) or ` +
    'training.batchSize smaller.'
  return { path, message }
}
