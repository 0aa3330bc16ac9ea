import { expect, it } from 'vitest'
import { sortedSamples } from '../../../../src/readings/largest-errors/compute/sorted-samples.ts'
import { madeOutputs, outputsOf } from '../made-outputs.ts'

const page = { offset: 0, limit: 10 }
const of = (exit: number | null, leaves = [0, 1, 0, 1]) =>
  sortedSamples(madeOutputs, Int32Array.from(leaves), { ...page, exit }).samples.map(({ sample, error }) => [
    sample,
    error,
  ])

it('samples stand with the largest error of an exit first, equal ones in the order of the split', () => {
  expect(of(0)).toEqual([
    [1, -3],
    [3, 2],
    [0, 1],
    [2, 0],
  ])
  expect(of(1)).toEqual([
    [2, -2],
    [0, 0.5],
    [1, 0.5],
    [3, 0],
  ])
})

it('samples stand by the error at the exit where each leaves', () => {
  expect(of(null)).toEqual([
    [0, 1],
    [1, 0.5],
    [2, 0],
    [3, 0],
  ])
})

it('samples come page by page, with the prediction of every exit, where they leave, and the range of all numbers', () => {
  const found = sortedSamples(madeOutputs, Int32Array.of(0, 1, 0, 1), { exit: 0, offset: 1, limit: 1 })
  expect(found).toEqual({
    sampleCount: 4,
    leaving: [2, 2],
    range: [1, 7],
    samples: [{ sample: 3, value: 5, leaves: 1, predictions: [7, 5], error: 2 }],
  })
  const wide = sortedSamples(outputsOf([[3, 4]], [-2, 9]), Int32Array.of(0, 0), { exit: 0, ...page })
  expect(wide.range).toEqual([-2, 9])
})
