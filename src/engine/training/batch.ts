import type { Targets } from '../../shared/evaluation/evaluation.ts'
import type { TensorRecord } from '../tf.ts'
import { tf } from '../tf.ts'

/** One array of a batch: [size, …shape of one sample], row-major. */
export interface BatchArray {
  values: Float32Array | Int32Array
  shape: readonly number[]
  dtype: 'float32' | 'int32'
}

/** Samples as a network takes them, under the names of its inputs (`images`: padded and normalised). */
export interface Batch {
  inputs: Record<string, BatchArray>
  size: number
}

/** A batch to train on. targets: as the task's loss takes them (classification: probabilities [size, classes], mixed and smoothed where the data is; regression: values [size, 1]). */
export interface TrainingBatch extends Batch {
  targets: BatchArray
}

/** A batch to evaluate on. */
export interface EvaluationBatch extends Batch {
  /** [size], the class of each sample, or its value. */
  targets: Targets
  /** Samples of a full batch of its shape: one with fewer is filled up, so that it needs no function of its own. Left out: those of the first batch. */
  fullSize?: number
  /** Positions of its samples in the split; left out where they are those behind the samples of the batch before. */
  samples?: Int32Array
}

/** The training batches of a phase, as a function of epoch and batch (both from 0) alone. */
export interface TrainingBatches {
  batchesPerEpoch: number
  /** Batches in the making while one is trained on; absent: one. With two, other threads have work while the last of a batch ends. */
  madeAhead?: number
  /** `spare`: an earlier batch that is no longer needed. Its arrays may be written over, for to allocate and collect them takes time. */
  batch(epoch: number, index: number, spare?: TrainingBatch | null): TrainingBatch | Promise<TrainingBatch>
}

/** Samples of one split in a fixed order, without augmentation. */
export interface EvaluationBatches {
  batchCount: number
  /** In all batches. */
  sampleCount: number
  batch(index: number): EvaluationBatch | Promise<EvaluationBatch>
}

/** The arrays as tensors, which the caller disposes of. */
export function tensorsOf(arrays: Record<string, BatchArray>): TensorRecord {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { values, shape, dtype }]) => [name, tf.tensor(values, [...shape], dtype)]),
  )
}

/** Feeds a network: runs `work` with the batch's inputs, and `others`, as tensors, and disposes of all of them. */
export async function withInputs<T>(
  { inputs }: Pick<Batch, 'inputs'>,
  others: TensorRecord,
  work: (fed: TensorRecord) => Promise<T>,
): Promise<T> {
  const fed = { ...tensorsOf(inputs), ...others }
  try {
    return await work(fed)
  } finally {
    tf.dispose(fed)
  }
}

/** The batch with zeros behind its samples up to `size`, so that the last one of a split needs no function of its own. */
export function filledUp({ inputs, size: count }: Batch, size: number): Batch {
  if (count === size) return { inputs, size }
  const filled = Object.entries(inputs).map(([name, { values, shape, dtype }]) => {
    const length = (values.length / count) * size
    const padded = dtype === 'int32' ? new Int32Array(length) : new Float32Array(length)
    padded.set(values)
    return [name, { values: padded, shape: [size, ...shape.slice(1)], dtype }] as const
  })
  return { inputs: Object.fromEntries(filled), size }
}
