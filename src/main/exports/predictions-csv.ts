import type { ExitPredictions } from '../../shared/evaluation.ts'

export interface PredictedSplit {
  split: 'validation' | 'test'
  predictions: ExitPredictions
  /** Position of each sample in the data set; undefined where it is not known. */
  indices: Int32Array | undefined
}

const samplesPerPiece = 1000

/**
 * What every exit says about every sample, in pieces to write one after the other: split, sample, index
 * (the image's position in the data set, empty where it is not known), label, exit, prediction, confidence (largest softmax
 * probability), entropy (nats). All fields but the first are numbers, so none needs quoting.
 */
export function* predictionsCsv(splits: readonly PredictedSplit[]): Generator<string> {
  yield 'split,sample,index,label,exit,prediction,confidence,entropy\n'
  for (const each of splits) {
    for (let start = 0; start < each.predictions.sampleCount; start += samplesPerPiece) {
      yield piece(each, start)
    }
  }
}

function piece({ split, predictions, indices }: PredictedSplit, start: number): string {
  const { exitCount, sampleCount, classes, confidences, entropies, labels } = predictions
  let text = ''
  for (let sample = start; sample < Math.min(start + samplesPerPiece, sampleCount); sample++) {
    for (let exit = 0; exit < exitCount; exit++) {
      const at = exit * sampleCount + sample
      text += `${split},${sample},${indices?.[sample] ?? ''},${labels[sample]},${exit},${classes[at]},${confidences[at]!.toFixed(6)},${entropies[at]!.toFixed(6)}\n`
    }
  }
  return text
}
