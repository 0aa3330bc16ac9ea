/** Prediction of an exit for one sample, from its logits over its temperature, z, in float64, with m = max z. */
interface LogitRow {
  /** The lowest index among the largest logits, as in NumPy and PyTorch. */
  predicted: number
  /** ln Σ exp z_c; less the label's logit it is the cross-entropy in nats. */
  logSum: number
  /** Softmax probability of `predicted`: 1 / Σ exp(z_c − m). */
  confidence: number
  /** Of the softmax, in nats: ln S − Σ e_c (z_c − m) / S with e_c = exp(z_c − m) and S = Σ e_c. Not finite where a logit is not. */
  entropy: number
}

/** Reads the `classCount` logits from `start` on. The class is that of the logits as they are, since rounding could make them tie. */
export function readLogits(logits: Float32Array, start: number, classCount: number, temperature = 1): LogitRow {
  let largest = logits[start]!
  let predicted = 0
  for (let c = 1; c < classCount; c++) {
    const logit = logits[start + c]!
    if (logit > largest) {
      largest = logit
      predicted = c
    }
  }
  let sum = 0
  let weighted = 0
  for (let c = 0; c < classCount; c++) {
    const below = (logits[start + c]! - largest) / temperature
    const exponential = Math.exp(below)
    sum += exponential
    weighted += exponential * below
  }
  const logarithm = Math.log(sum)
  return {
    predicted,
    logSum: largest / temperature + logarithm,
    confidence: 1 / sum,
    entropy: logarithm - weighted / sum,
  }
}
