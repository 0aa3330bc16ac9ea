import { expect, test } from 'vitest'
import { calibratePhase } from '../../../src/main/engine/training/calibrate.ts'
import { trainingSpec } from '../../../src/shared/training.ts'
import { smallResnet } from '../../support/networks.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import { phaseOf } from './fixture.ts'

/** A calibration by a clock that goes on by so many seconds each time someone looks at it. */
async function calibrated(tick: number, batchSize = 64) {
  const training = trainingSpec.parse({ batchSize })
  const before = tensorFlow.liveHandles()
  let time = 0
  const now = () => (time += 1000 * tick)
  const answer = await calibratePhase({ ...phaseOf(smallResnet(), 'joint', 0), training, seconds: 1, now })
  expect(tensorFlow.liveHandles()).toBe(before)
  return { ...answer, seconds: time / 1000 }
}

test('a step that is fast enough is timed as it is', async () => {
  const { secondsPerStep, extrapolated } = await calibrated(0.001)
  expect(extrapolated).toBe(false)
  expect(secondsPerStep).toBeCloseTo(0.001, 12)
})

test('a step that takes too long is timed with fewer samples, in proportion', async () => {
  // A step of two samples takes half a second by this clock: no room for more.
  const { secondsPerStep, extrapolated, seconds } = await calibrated(0.5)
  expect(extrapolated).toBe(true)
  expect(secondsPerStep).toBeCloseTo((0.5 * 64) / 2, 12)
  expect(seconds).toBeLessThan(5)
})

test('as many samples are timed as there is time for', async () => {
  const { secondsPerStep, extrapolated } = await calibrated(0.05)
  expect(extrapolated).toBe(true)
  // After six looks at the clock, and three for tracing once more, there is time for two steps of eleven samples: eight are a power of two.
  expect(secondsPerStep).toBeCloseTo((0.05 * 64) / 8, 12)
})

test('a batch of one sample is timed as it is', async () => {
  expect(await calibrated(10, 1)).toMatchObject({ secondsPerStep: 10, extrapolated: false })
})
