import type { ExitOutputs } from '../../shared/evaluation/evaluation.ts'
import { temperatureRange } from '../../shared/evaluation/temperature-range.ts'

/**
 * Temperature T of one exit by which its logits are to be divided for the least cross-entropy (Guo 2017; method 7.9). Within
 * `temperatureRange`; 1 where every sample has equal logits, for which any temperature is as good.
 */
export const fitTemperature = (outputs: ExitOutputs): number => 1 / fitInverse(outputs)

/** Newton's method on the loss, which is convex in β = 1/T, between bounds that close in; bisection where a step leaves them. */
function fitInverse(outputs: ExitOutputs): number {
  const derivativesAt = (beta: number) => derivatives(outputs, beta)
  let [high, low] = [1 / temperatureRange[0], 1 / temperatureRange[1]]
  if (!derivativesAt(1).varies) return 1
  if (derivativesAt(high).first <= 0) return high
  if (derivativesAt(low).first >= 0) return low
  let beta = 1
  for (let step = 0; step < 100; step++) {
    const { first, second } = derivativesAt(beta)
    if (first > 0) high = beta
    else low = beta
    const newton = beta - first / second
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high)
    if (first === 0 || Math.abs(next - beta) <= 1e-12 * beta) break
    beta = next
  }
  return beta
}

/**
 * Derivatives by β of the sum over samples of `ln Σ_c exp(β z_c) − β z_y`: that of a sample is E[z] − z_y, the second Var[z], under
 * softmax(β z). `varies`: whether any sample has different logits. O(N·C).
 */
function derivatives({ sampleCount, classCount, logits, targets }: ExitOutputs, beta: number) {
  let [first, second, varies] = [0, 0, false]
  for (let sample = 0; sample < sampleCount; sample++) {
    const start = sample * classCount
    const largest = maximum(logits, start, classCount)
    let [sum, mean, square] = [0, 0, 0]
    for (let at = start; at < start + classCount; at++) {
      const below = logits[at]! - largest
      const weight = Math.exp(beta * below)
      sum += weight
      mean += weight * below
      square += weight * below * below
      varies ||= below < 0
    }
    mean /= sum
    first += mean - (logits[start + targets[sample]!]! - largest)
    second += square / sum - mean * mean
  }
  return { first, second, varies }
}

function maximum(values: Float32Array, start: number, count: number): number {
  let largest = values[start]!
  for (let at = start + 1; at < start + count; at++) largest = Math.max(largest, values[at]!)
  return largest
}
