import { describe, expect, it, test } from 'vitest'
import { classification } from '../../../src/engine/tasks/classification.ts'
import { scoresOf } from '../../support/scores.ts'
import { tf } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

/** Two samples of two exits: equal logits, and odds of 3 to 1 for class 0, then for class 1. */
const logits = Float32Array.from([0, 0, 0, 0, Math.log(3), 0, 0, Math.log(3)])
const expected = [
  { loss: expect.closeTo(Math.log(2), 6), accuracy: 0.5 },
  { loss: expect.closeTo(Math.log(4 / 3), 6), accuracy: 1 },
]

test('names its metrics, the primary one among them', () => {
  const { metrics, primary } = classification.info
  expect(Object.keys(metrics)).toContain(primary)
  expect(Object.keys(classification.metricsOf({ lossSums: 1, correct: 1 }, 2)).sort()).toEqual(
    Object.keys(metrics).sort(),
  )
})

describe('the meter', () => {
  it('gives mean cross-entropy and accuracy of each exit, the first of equal logits being the prediction', () => {
    const outputs = { exitCount: 2, sampleCount: 2, classCount: 2, logits, targets: Int32Array.from([0, 1]) }
    expect(scoresOf(classification, outputs)).toEqual(expected)
  })

  it('adds up batches, and ignores the padding of the last one', () => {
    const meter = classification.createMeter({ exitCount: 2, width: 2 })
    meter.add(Float32Array.from([0, 0, Math.log(3), 0]), Int32Array.from([0]))
    meter.add(Float32Array.from([0, 0, 9, -9, 0, Math.log(3), 9, -9]), Int32Array.from([1]))
    expect(meter.values()).toEqual(expected)
  })
})

it('gives the same sums over a training batch', async () => {
  const before = tensorFlow.liveHandles()
  const sums = tf.tidy(() => {
    const targets = tf.tensor2d([1, 0, 0, 1], [2, 2])
    const sumsOf = classification.batchSums(targets)
    return [0, 1].map((exit) => {
      const output = tf.tensor2d(logits.slice(4 * exit, 4 * exit + 4), [2, 2])
      return sumsOf(output, classification.lossOf(output, targets)).map((sum) => sum.dataSync()[0]!)
    })
  })
  const metrics = sums.map(([lossSums, correct]) =>
    classification.metricsOf({ lossSums: lossSums!, correct: correct! }, 2),
  )
  expect(metrics).toEqual(expected)
  expect(tensorFlow.liveHandles()).toBe(before)
})
