import type { ParameterSpec } from '../layers/layer.ts'
import type { EngineArray } from '../networks/index.ts'
import type { EngineArrays } from '../matching/permute-units.ts'

/** (1 − λ) · first + λ · second, running statistics included. */
export function interpolate(
  parameters: readonly ParameterSpec[],
  [first, second]: readonly [EngineArrays, EngineArrays],
  lambda: number,
): Record<string, EngineArray> {
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const others = second[name]!.values
      const values = first[name]!.values.map((value, index) => (1 - lambda) * value + lambda * others[index]!)
      return [name, { shape, values }]
    }),
  )
}

/** λ of each place on a path. */
export function lambdasOf(points: number): number[] {
  return Array.from({ length: points }, (_, index) => index / (points - 1))
}

/** Points 0 … points − 1 ordered from coarse to fine: both ends, the middle, the middles between those, and so on. */
export function coarseToFine(points: number): number[] {
  const order = [0, points - 1]
  const gaps: [number, number][] = [[0, points - 1]]
  for (const [from, to] of gaps) {
    const middle = Math.floor((from + to) / 2)
    if (middle === from) continue
    order.push(middle)
    gaps.push([from, middle], [middle, to])
  }
  return order
}

/** max over λ of L(λ) − ((1 − λ) L(0) + λ L(1)), at least 0: how far the loss rises above the straight line between the ends. */
export function barrier(lambdas: readonly number[], losses: readonly number[]): number {
  const [start, end] = [losses[0]!, losses.at(-1)!]
  return Math.max(...losses.map((loss, index) => loss - ((1 - lambdas[index]!) * start + lambdas[index]! * end)), 0)
}

/** Losses and accuracies of the exits at one point, on both splits: [train, test][loss, accuracy][exits], flat. */
export type PointMetrics = Float64Array

/** A path from the metrics measured at its points, in order. */
export function connectivityPath(lambdas: readonly number[], points: readonly PointMetrics[]) {
  const split = (which: 0 | 1) => {
    const quarter = (metrics: PointMetrics, index: number) =>
      Array.from(metrics.subarray((index * metrics.length) / 4, ((index + 1) * metrics.length) / 4))
    const losses = points.map((metrics) => quarter(metrics, 2 * which))
    const means = losses.map((each) => each.reduce((sum, loss) => sum + loss, 0) / each.length)
    return {
      losses,
      accuracies: points.map((metrics) => quarter(metrics, 2 * which + 1)),
      barriers: losses[0]!.map((_, exit) =>
        barrier(
          lambdas,
          losses.map((each) => each[exit]!),
        ),
      ),
      meanBarrier: barrier(lambdas, means),
    }
  }
  return { train: split(0), test: split(1) }
}
