import type { ExitOutputs } from '../../../shared/evaluation.ts'
import type { ExitMetric } from '../../../shared/trainer.ts'
import { readLogits } from '../evaluation/logit-row.ts'
import type { RunningSums } from './phase-state.ts'

/**
 * Training loss and accuracy over the batches summed up so far, of those of these exits that have run: in an epoch shorter
 * than the loss cycle not all do.
 */
export function trainingMetrics({ lossSums, correct, samples }: RunningSums, exits: readonly number[]): ExitMetric[] {
  return exits
    .filter((exit) => samples[exit]! > 0)
    .map((exit) => ({
      exit,
      split: 'train',
      loss: lossSums[exit]! / samples[exit]!,
      accuracy: correct[exit]! / samples[exit]!,
    }))
}

/** Mean cross-entropy (nats) and accuracy of what `exits`, in this order, said about a split; of equal logits the first counts as the prediction. */
export function validationMetrics(outputs: ExitOutputs, exits: readonly number[]): ExitMetric[] {
  const { logits, labels, sampleCount, classCount } = outputs
  return exits.map((exit, index) => {
    let lossSum = 0
    let correct = 0
    for (let sample = 0; sample < sampleCount; sample++) {
      const start = (index * sampleCount + sample) * classCount
      const label = labels[sample]!
      const { predicted, logSum } = readLogits(logits, start, classCount)
      lossSum += logSum - logits[start + label]!
      if (predicted === label) correct++
    }
    return { exit, split: 'validation', loss: lossSum / sampleCount, accuracy: correct / sampleCount }
  })
}
