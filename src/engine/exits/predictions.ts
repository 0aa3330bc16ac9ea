import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitOutputs, ExitPredictions } from '../../shared/evaluation/evaluation.ts'
import { readLogits } from './logit-row.ts'

/**
 * Class, confidence and entropy of every exit on every sample, from logits [exits, samples, classes] (`LogitRow`), at the
 * temperature of each exit where `temperatures` [exits] are given.
 * Throws `data` where a logit is not finite: such a network has no prediction; `usage` for a regression.
 */
export function predict(outputs: ExitOutputs, temperatures?: ArrayLike<number> | null): ExitPredictions {
  const { exitCount, sampleCount, classCount, logits, targets } = outputs
  checkSizes(outputs)
  if (!(targets instanceof Int32Array)) throw new ExitlabError('usage', noClasses)
  const classes = new Int32Array(exitCount * sampleCount)
  const confidences = new Float64Array(exitCount * sampleCount)
  const entropies = new Float64Array(exitCount * sampleCount)
  for (let row = 0, base = 0; row < classes.length; row++, base += classCount) {
    const exit = Math.floor(row / sampleCount)
    const { predicted, confidence, entropy } = readLogits(logits, base, classCount, temperatures?.[exit])
    if (!Number.isFinite(entropy)) throw notFinite(outputs, exit, row % sampleCount)
    classes[row] = predicted
    confidences[row] = confidence
    entropies[row] = entropy
  }
  return { exitCount, sampleCount, classCount, classes, confidences, entropies, labels: targets }
}

const noClasses = 'A regression predicts values: it has no classes, and no confidence in one.'

export function checkSizes({ exitCount, sampleCount, classCount, logits, targets }: ExitOutputs): void {
  if (logits.length === exitCount * sampleCount * classCount && targets.length === sampleCount && sampleCount > 0)
    return
  throw new ExitlabError(
    'data',
    `These exit outputs do not fit together: ${exitCount} exits × ${sampleCount} samples × ${classCount} classes need as many logits and ` +
      `${sampleCount} labels (at least one), but there are ${logits.length} logits and ${targets.length} labels. Evaluate the run again.`,
  )
}

export function notFinite({ firstExit = 0, firstSample = 0 }: ExitOutputs, exit: number, sample: number): ExitlabError {
  return new ExitlabError(
    'data',
    `Exit ${firstExit + exit} gave an output that is not a finite number for sample ${firstSample + sample}: the training has diverged. ` +
      'Train the run again with a lower learning rate or clipped gradients, or leave it out.',
  )
}
