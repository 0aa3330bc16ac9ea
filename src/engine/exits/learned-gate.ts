import type { ExitOutputs, ExitPredictions } from '../../shared/evaluation/evaluation.ts'
import { mean } from '../../shared/statistics/statistics.ts'
import { type ClassRule, unitThresholds } from './exit-rule.ts'
import { logisticRegression, sigmoid } from './logistic-regression.ts'

const ridge = 1e-3
/** A feature that varies by less is constant up to rounding. */
const leastDeviation = 1e-12
/** σ(±1000) is 1 and 0. */
const certain = 1000

/**
 * `score = σ(w·φ + b)` with φ = (ln p₁, p₁ − p₂, H / ln C) of the probabilities of an exit, the largest first, and H their entropy: the
 * probability that the exit's class is right, by logistic regression on validation samples (method 7.9). Its numbers are w and b.
 */
export const learnedGate: ClassRule = {
  info: {
    title: 'Learned gate',
    sentence:
      'A sample leaves at the first exit whose class is right with a probability above the threshold, by a logistic model of the exit’s probabilities that is fitted on validation samples.',
    paper: 'After Bolukbasi et al. 2017, Adaptive Neural Networks for Efficient Inference',
  },
  python:
    '(lambda p, n: 0.5 + 0.5 * np.tanh((n[0] * np.log(p[-1]) + n[1] * (p[-1] - p[-2]) - n[2] * (p * np.log(p + 1e-30)).sum() / np.log(len(p)) + n[3]) / 2))(np.sort(softmax(logits[-1])), fitted[-1])',
  thresholds: () => unitThresholds(),
  fit(outputs, predictions) {
    const { classes, labels } = predictions
    const happened = Uint8Array.from(classes, (each, sample) => Number(each === labels[sample]))
    const share = mean(happened)
    if (share === 0 || share === 1) return [0, 0, 0, share === 0 ? -certain : certain]
    const standardised = featuresOf(outputs, predictions).map(standardise)
    const coefficients = logisticRegression({ features: standardised.map(({ values }) => values), happened }, ridge)
    const weights = standardised.map(({ scale }, feature) => coefficients[feature]! * scale)
    const bias = standardised.reduce((rest, { centre }, feature) => rest - weights[feature]! * centre, coefficients[3]!)
    return [...weights, bias]
  },
  scores(outputs, predictions, fitted) {
    const features = featuresOf(outputs, predictions)
    return predictions.confidences.map((_, row) => {
      const [first, second, third, bias] = fitted[Math.floor(row / outputs.sampleCount)] as [
        number,
        number,
        number,
        number,
      ]
      return sigmoid(first * features[0]![row]! + second * features[1]![row]! + third * features[2]![row]! + bias)
    })
  },
}

/** ln p₁, p₁ − p₂ and H / ln C of every exit and sample: [exits, samples] each. */
function featuresOf({ logits, classCount }: ExitOutputs, { confidences, entropies }: ExitPredictions): Float64Array[] {
  const largest = Math.log(classCount)
  const margins = confidences.map((confidence, row) => {
    let [first, second] = [-Infinity, -Infinity]
    for (let at = row * classCount; at < (row + 1) * classCount; at++) {
      if (logits[at]! > first) [first, second] = [logits[at]!, first]
      else if (logits[at]! > second) second = logits[at]!
    }
    return confidence * (1 - Math.exp(second - first))
  })
  return [confidences.map(Math.log), margins, entropies.map((nats) => nats / largest)]
}

/** Values of mean 0 and variance 1; of a constant feature all 0. */
function standardise(feature: Float64Array): { values: Float64Array; centre: number; scale: number } {
  const centre = mean(feature)
  const deviation = Math.sqrt(mean(feature.map((each) => (each - centre) ** 2)))
  const scale = deviation < leastDeviation ? 0 : 1 / deviation
  return { values: feature.map((each) => (each - centre) * scale), centre, scale }
}
