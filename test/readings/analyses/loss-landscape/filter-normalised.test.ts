import { expect, it } from 'vitest'
import { filterNormalised } from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import { conv2d } from '../../../../src/engine/layers/conv2d.ts'
import type { ParameterSpec } from '../../../../src/engine/layers/layer.ts'
import { linear } from '../../../../src/engine/layers/linear.ts'
import { stream, type Stream } from '../../../../src/engine/random.ts'

/** A stream of these normally distributed numbers. */
function drawing(...numbers: number[]): Stream {
  const refuse = () => expect.unreachable('only normal numbers are drawn')
  return { normal: () => numbers.shift()!, next: refuse, uniform: refuse, integer: refuse }
}

const array = ({ shape }: ParameterSpec, ...values: number[]) => ({ shape, values: Float32Array.from(values) })

it('a linear layer: each output’s row gets the length of its weights', () => {
  const [weight] = linear('layer', { inputShape: [2], features: 2 }).parameters as [ParameterSpec]
  const direction = filterNormalised(weight, array(weight, 6, 8, 0, -26), drawing(3, 4, 5, -12))
  expect(Array.from(direction)).toEqual([6, 8, 10, -24])
})

it('a convolution, whose filters lie scattered in the engine’s layout: draws come filter by filter as in PyTorch’s', () => {
  const [weight] = conv2d('conv', { inputShape: [1, 1, 2], kernel: 1, filters: 2 }).parameters as [ParameterSpec]
  expect(weight.shape).toEqual([1, 1, 2, 2])
  // Rows are inputs, columns filters: the filters are (3, 4) and (0, 2).
  const direction = filterNormalised(weight, array(weight, 3, 0, 4, 2), drawing(0, -7, 6, 8))
  expect(Array.from(direction)).toEqual([0, Math.fround(1.2), -5, Math.fround(1.6)])
})

it('every filter of a larger convolution has the norm of its weights', () => {
  const [weight] = conv2d('conv', { inputShape: [8, 8, 5], kernel: 3, filters: 4 }).parameters as [ParameterSpec]
  const source = stream(1, 'weights')
  const weights = Array.from({ length: 3 * 3 * 5 * 4 }, (_, index) => source.normal() * 10 ** (index % 4))
  const direction = filterNormalised(weight, array(weight, ...weights), stream(2, 'direction'))
  const norms = (values: ArrayLike<number>) =>
    [0, 1, 2, 3].map((filter) => Math.hypot(...Array.from(values).filter((_, index) => index % 4 === filter)))
  norms(weights).forEach((norm, filter) => expect(norms(direction)[filter]! / norm).toBeCloseTo(1, 6))
})

it('one-dimensional arrays and scalars: each element has its own size, and a random sign', () => {
  const [, bias] = linear('layer', { inputShape: [2], features: 4 }).parameters as [ParameterSpec, ParameterSpec]
  const direction = filterNormalised(bias, array(bias, 0.1, -0.2, 0, 3), drawing(0.7, 1.3, -2, -0.01))
  expect(Array.from(direction, Math.abs)).toEqual([0.1, 0.2, 0, 3].map(Math.fround))
  expect(Array.from(direction, Math.sign)).toEqual([1, 1, -0, -1])
  const scalar = { ...bias, shape: [] }
  expect(Array.from(filterNormalised(scalar, array(scalar, 0.5), drawing(-4)))).toEqual([-0.5])
})

it('weights of 0 are not moved', () => {
  const [weight] = linear('layer', { inputShape: [2], features: 1 }).parameters as [ParameterSpec]
  expect(Array.from(filterNormalised(weight, array(weight, 0, 0), drawing(1, 2)))).toEqual([0, 0])
})
