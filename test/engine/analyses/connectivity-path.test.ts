import { expect, it, test } from 'vitest'
import {
  barrier,
  coarseToFine,
  connectivityPath,
  interpolate,
  lambdasOf,
} from '../../../src/engine/analyses/connectivity-path.ts'
import { linear } from '../../../src/engine/layers/linear.ts'

test.each([
  ['a bump above a level line', [0, 0.5, 1], [1, 3, 1], 2],
  ['a bump above a slope: 2.5 − (0.75 · 1 + 0.25 · 3)', [0, 0.25, 1], [1, 2.5, 3], 1],
  ['the highest place, not the one farthest above the line', [0, 0.25, 0.75, 1], [0, 2, 3.5, 4], 1],
  ['a path below its line', [0, 0.5, 1], [1, 0.5, 1], 0],
  ['a straight one', [0, 0.5, 1], [1, 2, 3], 0],
])('barrier of %s', (_, lambdas, losses, expected) => {
  expect(barrier(lambdas, losses)).toBeCloseTo(expected, 12)
})

test.each([
  [3, [0, 2, 1]],
  [5, [0, 4, 2, 1, 3]],
  [6, [0, 5, 2, 1, 3, 4]],
])('coarseToFine: both ends, then middles of what is left: %d places', (points, order) => {
  expect(coarseToFine(points)).toEqual(order)
})

it('visits every place once', () => {
  for (const points of [4, 25, 101]) {
    expect(coarseToFine(points).sort((a, b) => a - b)).toEqual(Array.from({ length: points }, (_, index) => index))
  }
})

it('spaces λ evenly from 0 to 1', () => {
  expect(lambdasOf(5)).toEqual([0, 0.25, 0.5, 0.75, 1])
})

it('interpolates linearly; at the ends it gives the very models', () => {
  const { parameters } = linear('layer', { inputShape: [1], features: 2 })
  const model = (weight: number[], bias: number[]) => ({
    'layer.weight': { shape: [2, 1], values: Float32Array.from(weight) },
    'layer.bias': { shape: [2], values: Float32Array.from(bias) },
  })
  const ends = [model([0.1, 1e30], [3, -7]), model([-0.3, 1e-30], [5, 0.7])] as const
  expect(interpolate(parameters, ends, 0)).toEqual(ends[0])
  expect(interpolate(parameters, ends, 1)).toEqual(ends[1])
  const between = interpolate(parameters, [model([0, 8], [4, 0]), model([4, 0], [0, 4])], 0.25)
  expect(between).toEqual(model([1, 6], [3, 1]))
})

it('takes losses, accuracies and barriers of two exits on both splits from flat metrics', () => {
  const places = [
    [1, 2, 0.9, 0.8, /* test */ 3, 4, 0.7, 0.6],
    [4, 1, 0.1, 0.2, /* test */ 3, 6, 0.3, 0.4],
    [3, 2, 0.5, 0.5, /* test */ 3, 4, 0.5, 0.5],
  ].map((values) => Float64Array.from(values))
  const { train, test } = connectivityPath([0, 0.5, 1], places)
  expect(train.losses).toEqual([[1, 2], [4, 1], [3, 2]]) // prettier-ignore
  expect(train.accuracies).toEqual([[0.9, 0.8], [0.1, 0.2], [0.5, 0.5]]) // prettier-ignore
  expect(train.barriers).toEqual([2, 0])
  expect(train.meanBarrier).toBeCloseTo(2.5 - 2, 12)
  expect(test.losses).toEqual([[3, 4], [3, 6], [3, 4]]) // prettier-ignore
  expect(test.barriers).toEqual([0, 2])
  expect(test.meanBarrier).toBe(1)
})
