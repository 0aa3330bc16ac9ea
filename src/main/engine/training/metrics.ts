import type { ExitMetric } from '../../../shared/trainer.ts'
import type { RunningSums } from './checkpoint.ts'

/** Sums of an epoch that hasn't begun, for a network of this many exits. */
export function emptySums(exitCount: number): RunningSums {
  const zeros = () => Array.from({ length: exitCount }, () => 0)
  return { lossSums: zeros(), correct: zeros(), samples: zeros() }
}

/** Training loss and accuracy of these exits over the batches summed up so far. */
export function trainingMetrics({ lossSums, correct, samples }: RunningSums, exits: readonly number[]): ExitMetric[] {
  return exits.map((exit) => ({
    exit,
    split: 'train',
    loss: lossSums[exit]! / samples[exit]!,
    accuracy: correct[exit]! / samples[exit]!,
  }))
}

/** Logits of some exits for some samples. */
export interface ExitLogits {
  /** [exits, samples, classes], row-major. */
  logits: Float32Array
  /** [samples] */
  labels: Int32Array
  /** The exits of the first axis. */
  exits: readonly number[]
}

/** Mean cross-entropy (nats) and accuracy of each exit; of equal logits the first counts as the prediction. */
export function validationMetrics({ logits, labels, exits }: ExitLogits): ExitMetric[] {
  const classes = logits.length / (exits.length * labels.length)
  return exits.map((exit, index) => {
    let lossSum = 0
    let correct = 0
    for (let sample = 0; sample < labels.length; sample++) {
      const start = (index * labels.length + sample) * classes
      const row = logits.subarray(start, start + classes)
      const label = labels[sample]!
      const { largest, logSum } = logSumExp(row)
      lossSum += logSum - row[label]!
      if (largest === label) correct++
    }
    return { exit, split: 'validation', loss: lossSum / labels.length, accuracy: correct / labels.length }
  })
}

/** ln Σ exp of a row, and where its largest entry is. */
function logSumExp(row: Float32Array): { largest: number; logSum: number } {
  let largest = 0
  for (let i = 1; i < row.length; i++) if (row[i]! > row[largest]!) largest = i
  let sum = 0
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i]! - row[largest]!)
  return { largest, logSum: row[largest]! + Math.log(sum) }
}
