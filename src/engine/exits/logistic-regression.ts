import { sum } from '../../shared/statistics/statistics.ts'

/** Features [samples] each, and whether what is predicted happened, 1 or 0 [samples]: at least one of both. */
interface Observations {
  features: readonly Float64Array[]
  happened: Uint8Array
}

/** Gradient's norm at which the coefficients are taken. */
const tolerance = 1e-8
/** Along Newton's direction the gradient becomes smaller, so that a shorter step is lost in rounding. */
const shortestStep = 1e-10

/**
 * Coefficients [w, b] of `P(happened) = σ(w·features + b)` with the least mean cross-entropy + ridge · ‖w‖²/2, b being free: Newton's
 * method from 0, a step halved until the gradient is smaller. O(steps · samples · features²).
 */
export function logisticRegression(given: Observations, ridge: number): number[] {
  const at = (coefficients: number[]) => derivatives(given, { coefficients, ridge })
  let found = at(new Array<number>(given.features.length + 1).fill(0))
  while (found.norm >= tolerance) {
    const direction = solve(found.hessian, found.gradient)
    const after = (length: number) => at(found.coefficients.map((each, index) => each - length * direction[index]!))
    let [length, next] = [1, after(1)]
    while (!(next.norm < found.norm)) {
      if (length < shortestStep) return found.coefficients
      length /= 2
      next = after(length)
    }
    found = next
  }
  return found.coefficients
}

/** Of the loss by the coefficients. */
interface Derivatives {
  coefficients: number[]
  gradient: number[]
  norm: number
  hessian: number[][]
}

function derivatives(
  { features, happened }: Observations,
  { coefficients, ridge }: { coefficients: number[]; ridge: number },
): Derivatives {
  const size = coefficients.length
  const [count, last] = [happened.length, size - 1]
  const gradient = coefficients.map((each, index) => (index < last ? ridge * each : 0))
  const hessian = gradient.map((_, row) => gradient.map((_, column) => (row === column && row < last ? ridge : 0)))
  const row = new Float64Array(size).fill(1)
  for (let sample = 0; sample < count; sample++) {
    let score = coefficients[last]!
    for (let each = 0; each < last; each++) score += coefficients[each]! * (row[each] = features[each]![sample]!)
    const probability = sigmoid(score)
    const weight = (probability * (1 - probability)) / count
    for (let i = 0; i < size; i++) {
      gradient[i]! += ((probability - happened[sample]!) * row[i]!) / count
      for (let j = 0; j < size; j++) hessian[i]![j]! += weight * row[i]! * row[j]!
    }
  }
  return { coefficients, gradient, norm: Math.sqrt(sum(gradient.map((each) => each * each))), hessian }
}

/** `1 / (1 + exp(−x))`, exactly 0 and 1 far out. */
export const sigmoid = (x: number): number => 0.5 + 0.5 * Math.tanh(x / 2)

/** The x of `matrix x = right` for a matrix that is symmetric and positive definite, by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!])
  rows.forEach((pivot, index) => {
    for (const row of rows.slice(index + 1)) {
      const factor = row[index]! / pivot[index]!
      for (let column = index; column < row.length; column++) row[column]! -= factor * pivot[column]!
    }
  })
  const solution = new Array<number>(rows.length).fill(0)
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]!
    const known = sum(solution.map((each, column) => each * row[column]!))
    solution[index] = (row.at(-1)! - known) / row[index]!
  }
  return solution
}
