import type { ExitPredictions } from '../../shared/evaluation.ts'

export interface PredictedSplit {
  split: 'validation' | 'test'
  predictions: ExitPredictions
}

const samplesPerPiece = 1000

/**
 * What every exit says about every sample, in pieces to write one after the other: split, sample, label, exit, prediction,
 * confidence (largest softmax probability), entropy (nats). All fields but the first are numbers, so none needs quoting.
 */
export function* predictionsCsv(splits: readonly PredictedSplit[]): Generator<string> {
  yield 'split,sample,label,exit,prediction,confidence,entropy\n'
  for (const { split, predictions } of splits) {
    for (let start = 0; start < predictions.sampleCount; start += samplesPerPiece) {
      yield piece(split, predictions, start)
    }
  }
}

function piece(split: string, predictions: ExitPredictions, start: number): string {
  const { exitCount, sampleCount, classes, confidences, entropies, labels } = predictions
  let text = ''
  for (let sample = start; sample < Math.min(start + samplesPerPiece, sampleCount); sample++) {
    for (let exit = 0; exit < exitCount; exit++) {
      const at = exit * sampleCount + sample
      text += `${split},${sample},${labels[sample]},${exit},${classes[at]},${confidences[at]!.toFixed(6)},${entropies[at]!.toFixed(6)}\n`
    }
  }
  return text
}
