import { expect } from 'vitest'
import type { Tensor } from '../../src/engine/tf.ts'
import { tf } from '../../src/engine/tf.ts'

export type TensorFunction = (...inputs: Tensor[]) => Tensor

/** Expects the gradients of Σ output · weights to say how fast it changes when all inputs move along one direction. */
export function expectSlope(run: TensorFunction, inputs: Tensor[], weights: Tensor): void {
  tf.tidy(() => {
    const gradients = tf.grads(run)(inputs, weights)
    const direction = inputs.map((input) => tf.sin(tf.add(tf.mul(input, 37), 0.5)))
    const predicted = gradients.reduce((sum, gradient, i) => sum + product(gradient, direction[i]!), 0)
    const step = 1e-3
    const at = (factor: number) =>
      run(...inputs.map((input, i) => tf.add(input, tf.mul(direction[i]!, factor)))).dataSync()
    const [above, below] = [at(step), at(-step)]
    const measured =
      Array.from(weights.dataSync()).reduce((sum, weight, i) => sum + weight * (above[i]! - below[i]!), 0) / (2 * step)
    expect(Math.abs(measured - predicted) / (1 + Math.abs(predicted))).toBeLessThan(3e-3)
  })
}

/** Σ a · b, added up in float64. */
function product(a: Tensor, b: Tensor): number {
  const others = b.dataSync()
  return Array.from(a.dataSync()).reduce((sum, value, i) => sum + value * others[i]!, 0)
}
