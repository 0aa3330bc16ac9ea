import { mean } from '../../shared/statistics/statistics.ts'

/** Pearson's correlation `Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²)`, −1 … 1; null where either is constant, which leaves it undefined. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  if (isConstant(x) || isConstant(y)) return null
  const [ofX, ofY] = [deviations(x), deviations(y)]
  const product = dot(ofX, ofY) / Math.sqrt(dot(ofX, ofX) * dot(ofY, ofY))
  return Math.min(1, Math.max(-1, product))
}

/** Spearman's correlation: Pearson's of the ranks; null where either is constant. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  return pearson(ranks(x), ranks(y))
}

/** Ranks from 1 in ascending order; equal values have the mean of the ranks that they take up. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const found = new Float64Array(values.length)
  for (let first = 0; first < order.length;) {
    let next = first + 1
    while (next < order.length && values[order[next]!] === values[order[first]!]) next++
    for (let place = first; place < next; place++) found[order[place]!] = (first + 1 + next) / 2
    first = next
  }
  return found
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

function deviations(values: ArrayLike<number>): Float64Array {
  const centre = mean(values)
  return Float64Array.from(values, (value) => value - centre)
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
