import { expect, test } from 'vitest'
import { averagePool, maxPool } from '../../../src/engine/layers/pooling.ts'
import { tf } from '../../../src/engine/tf.ts'
import { recordingContext } from '../../support/forward.ts'
import '../../support/tensorflow.ts'

/** A map of 4 × 5 pixels: 0, 1, …, 19 row by row. */
const shape = [4, 5, 1]
const map = () =>
  tf.tensor(
    Array.from({ length: 20 }, (_, at) => at),
    [1, ...shape],
  )
const values = (layer: ReturnType<typeof maxPool>) =>
  tf.tidy(() => {
    const output = layer.apply(recordingContext({}).context, map())
    expect(output.shape).toEqual([1, ...layer.outputShape])
    return [...output.dataSync()]
  })

test('pooling takes the sizes of its windows, their stride and padding', () => {
  expect(values(maxPool('pool', shape, { window: 2, stride: 2, padding: 0 }))).toEqual([6, 8, 16, 18])
  expect(values(averagePool('pool', shape, { window: 2, stride: 2, padding: 0 }))).toEqual([3, 5, 13, 15])
  expect(maxPool('pool', shape, { window: 3, stride: 1, padding: 1 }).outputShape).toEqual([4, 5, 1])
})

test('padding counts as 0 in a mean, and is never the largest value', () => {
  // Windows of 3 × 3 at rows 0, 2 and columns 0, 2, 4.
  expect(values(averagePool('pool', shape, { window: 3, stride: 2, padding: 1 }))[0]).toBeCloseTo(
    (0 + 1 + 5 + 6) / 9,
    6,
  )
  const negative = tf.tidy(() => [
    ...maxPool('pool', shape).apply(recordingContext({}).context, tf.sub(map(), 100)).dataSync(),
  ])
  expect(negative).toEqual([-94, -92, -91, -84, -82, -81])
})

test('without sizes the largest of 3 × 3 pixels halves a map, rounded up', () => {
  expect(maxPool('pool', shape).outputShape).toEqual([2, 3, 1])
})
