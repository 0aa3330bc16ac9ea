import { ranks } from '../../../engine/evaluation/correlation.ts'

/** How well a score tells the right predictions of an exit from its wrong ones. Shares, 0 … 1. */
interface FailurePrediction {
  /** `P(score of a right sample > score of a wrong one)`, a tie counts half: 1 perfect, ½ by chance. */
  auroc: number
  /** Area under the risk–coverage curve: the mean, over k = 1 … n, of the error among the k samples with the highest scores. */
  aurc: number
  /** `aurc` minus that of an order which puts every right sample before every wrong one: 0 perfect. */
  excessAurc: number
}

/**
 * Failure prediction of one exit, from the scores of an exit rule [samples] and whether its predictions are right [samples].
 * Samples of equal scores are in their own order. null where all samples are right, or all wrong. Kubaty et al. 2025;
 * AURC and excess AURC: Geifman et al. 2019.
 */
export function failurePrediction(scores: Float64Array, correct: Uint8Array): FailurePrediction | null {
  const right = correct.reduce((sum, each) => sum + each, 0)
  const wrong = correct.length - right
  if (right === 0 || wrong === 0) return null
  const aurc = meanRisk(scores, correct)
  return {
    auroc: rankSumShare(scores, correct, { right, wrong }),
    aurc,
    excessAurc: aurc - leastMeanRisk(right, wrong),
  }
}

/** The statistic of Mann and Whitney: `(Σ ranks of right samples − r(r + 1)/2) / (r · w)`. */
function rankSumShare(scores: Float64Array, correct: Uint8Array, { right, wrong }: Record<'right' | 'wrong', number>) {
  const sum = ranks(scores).reduce((total, rank, sample) => total + rank * correct[sample]!, 0)
  return (sum - (right * (right + 1)) / 2) / (right * wrong)
}

function meanRisk(scores: Float64Array, correct: Uint8Array): number {
  const order = Array.from(scores, (_, sample) => sample).sort((a, b) => scores[b]! - scores[a]!)
  let wrong = 0
  const risks = order.map((sample, place) => (wrong += 1 - correct[sample]!) / (place + 1))
  return risks.reduce((sum, risk) => sum + risk, 0) / order.length
}

/** `Σ max(0, k − r)/k / n` over k = 1 … n. */
function leastMeanRisk(right: number, wrong: number): number {
  let sum = 0
  for (let k = right + 1; k <= right + wrong; k++) sum += (k - right) / k
  return sum / (right + wrong)
}
