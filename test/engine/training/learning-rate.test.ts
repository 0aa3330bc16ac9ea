import { describe, expect, it } from 'vitest'
import { learningRateAt } from '../../../src/engine/training/learning-rate.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'

const cosine = (schedule: object, rest: object = {}) =>
  trainingSpec.parse({ learningRate: 0.5, schedule: { kind: 'cosine-warm-restarts', ...schedule }, ...rest })

describe('learningRateAt', () => {
  it('is constant under the constant schedule', () => {
    const training = trainingSpec.parse({ learningRate: 0.5, schedule: { kind: 'constant' } })
    expect([0, 7, 1e6].map((step) => learningRateAt(training, step, 3))).toEqual([0.5, 0.5, 0.5])
  })

  it('follows half a cosine and restarts', () => {
    const training = cosine({ cycleEpochs: 2, minimumLearningRate: 0.1 })
    const rates = [0, 1, 2, 3, 4, 5].map((step) => learningRateAt(training, step, 2))
    const closed = [0, 1, 2, 3, 0, 1].map((t) => 0.1 + 0.2 * (1 + Math.cos((Math.PI * t) / 4)))
    expect(rates).toEqual(closed.map((rate) => expect.closeTo(rate, 15)))
  })

  it('lengthens its cycles by the cycle factor', () => {
    const training = cosine({ cycleEpochs: 1, cycleFactor: 3 })
    const restarts = Array.from({ length: 60 }, (_, step) => step).filter(
      (step) => learningRateAt(training, step, 2) === 0.5,
    )
    expect(restarts).toEqual([0, 2, 8, 26])
  })

  it('uses the patience as its cycle, else the epoch cap', () => {
    const patient = cosine({}, { earlyStopping: { patience: 3 } })
    const capped = cosine({}, { earlyStopping: { patience: null }, epochs: 5 })
    expect(learningRateAt(patient, 30, 10)).toBe(0.5)
    expect(learningRateAt(patient, 15, 10)).toBeCloseTo(0.25, 15)
    expect(learningRateAt(capped, 50, 10)).toBe(0.5)
    expect(learningRateAt(capped, 25, 10)).toBeCloseTo(0.25, 15)
  })

  it('rounds a cycle up to whole batches', () => {
    expect(learningRateAt(cosine({ cycleEpochs: 0.5 }), 2, 3)).toBe(0.5)
    expect(learningRateAt(cosine({ cycleEpochs: 0.01 }), 1, 3)).toBe(0.5)
  })

  it('rises linearly from 0 and falls linearly to 0 at the epoch cap', () => {
    const training = trainingSpec.parse({
      learningRate: 0.5,
      epochs: 5,
      schedule: { kind: 'linear-warm-up', warmUpFraction: 0.4 },
    })
    const rates = Array.from({ length: 10 }, (_, step) => learningRateAt(training, step, 2))
    const closed = [0, 0.25, 0.5, 0.75, 1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6].map((part) => 0.5 * part)
    expect(rates).toEqual(closed.map((rate) => expect.closeTo(rate, 15)))
  })

  it('only falls without a warm-up', () => {
    const schedule = { kind: 'linear-warm-up', warmUpFraction: 0 }
    const training = trainingSpec.parse({ learningRate: 0.5, epochs: 4, schedule })
    expect([0, 1, 2, 3].map((step) => learningRateAt(training, step, 1))).toEqual([0.5, 0.375, 0.25, 0.125])
  })
})
