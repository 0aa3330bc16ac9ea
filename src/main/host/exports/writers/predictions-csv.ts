import type { EvaluatedSplit } from '../../../../shared/data/data.ts'
import type { ExitOutputs, ExitPredictions } from '../../../../shared/evaluation/evaluation.ts'

export interface PredictedSplit {
  split: EvaluatedSplit
  /** What exits predict: of classification, or the outputs of a regression. */
  predictions: ExitPredictions | ExitOutputs
  /** Position of each sample in the data set; undefined where it is not known. */
  indices: Int32Array | undefined
}

const samplesPerPiece = 1000

/**
 * What every exit says about every sample, in pieces to write one after the other: split, sample, index
 * (the image's position in the data set, empty where it is not known), label, exit, prediction, confidence (largest softmax
 * probability), entropy (nats); of a regression split, sample, index, value, exit, prediction. All fields but the first are numbers, so none needs quoting.
 */
export function* predictionsCsv(splits: readonly PredictedSplit[]): Generator<string> {
  const isOfValues = splits.some(({ predictions }) => 'logits' in predictions)
  yield isOfValues
    ? 'split,sample,index,value,exit,prediction\n'
    : 'split,sample,index,label,exit,prediction,confidence,entropy\n'
  for (const each of splits) {
    const { predictions } = each
    const fields = 'logits' in predictions ? valueFields(predictions) : classFields(predictions)
    for (let start = 0; start < predictions.sampleCount; start += samplesPerPiece) yield piece(each, fields, start)
  }
}

/** Values of a sample at an exit, after split, sample and index. */
type Fields = (sample: number, exit: number) => string

function piece({ split, predictions, indices }: PredictedSplit, fields: Fields, start: number): string {
  const { exitCount, sampleCount } = predictions
  let text = ''
  for (let sample = start; sample < Math.min(start + samplesPerPiece, sampleCount); sample++) {
    for (let exit = 0; exit < exitCount; exit++) {
      text += `${split},${sample},${indices?.[sample] ?? ''},${fields(sample, exit)}\n`
    }
  }
  return text
}

function classFields({ sampleCount, classes, confidences, entropies, labels }: ExitPredictions): Fields {
  return (sample, exit) => {
    const at = exit * sampleCount + sample
    return `${labels[sample]},${exit},${classes[at]},${confidences[at]!.toFixed(6)},${entropies[at]!.toFixed(6)}`
  }
}

/** float32, with as many digits as tell it from its neighbours. */
function valueFields({ sampleCount, logits, targets }: ExitOutputs): Fields {
  const text = (value: number) => String(Number(value.toPrecision(9)))
  return (sample, exit) => `${text(targets[sample]!)},${exit},${text(logits[exit * sampleCount + sample]!)}`
}
