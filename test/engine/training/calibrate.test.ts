import { expect, test } from 'vitest'
import { calibratePhase, stepSeconds } from '../../../src/engine/training/calibrate.ts'
import type { PaperRegime } from '../../../src/shared/methods/regime-names.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { smallResnet } from '../../support/networks.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import { phaseOf } from './fixture.ts'

/** A calibration by a clock that goes on by so many seconds each time someone looks at it. */
async function calibrated(tick: number, { batchSize = 64, regime = 'joint' as PaperRegime } = {}) {
  const training = trainingSpec.parse({ batchSize })
  const before = tensorFlow.liveHandles()
  let time = 0
  const now = () => (time += 1000 * tick)
  const answer = await calibratePhase({ ...phaseOf(smallResnet(), regime, 0), training, seconds: 1, now })
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

test('a step of which some samples take as long as two is extrapolated to the same time', async () => {
  const { secondsPerStep, extrapolated } = await calibrated(0.05)
  expect(extrapolated).toBe(true)
  expect(secondsPerStep).toBeCloseTo(0.05, 12)
})

test('a step takes as long as the processor works for it in the fastest pass, whatever others have the machine do', async () => {
  const training = trainingSpec.parse({ batchSize: 64 })
  let [time, worked, looks] = [0, 0, 0]
  const now = () => (time += 1)
  // Two looks a pass: two passes of two samples, one that traces, and ten that are timed, the last of which is the fastest.
  const processor = () => (worked += 0.5 / ++looks)
  const { secondsPerStep } = await calibratePhase({
    ...phaseOf(smallResnet(), 'joint', 0),
    training,
    seconds: 1,
    now,
    processor,
  })
  expect(looks).toBe(26)
  expect(secondsPerStep).toBeCloseTo(0.0005 / 26, 12)
})

test('the time of a step is extrapolated by the part that grows with its samples', () => {
  // 1 s, and 0.5 s a sample.
  expect(stepSeconds({ samples: 2, seconds: 2 }, { samples: 8, seconds: 5 }, 64)).toBe(33)
  expect(stepSeconds({ samples: 2, seconds: 2 }, { samples: 64, seconds: 7 }, 64)).toBe(7)
  expect(stepSeconds({ samples: 2, seconds: 2 }, { samples: 8, seconds: 1 }, 64)).toBe(1)
})

test('a batch of one sample is timed as it is', async () => {
  expect(await calibrated(10, { batchSize: 1 })).toMatchObject({ secondsPerStep: 10, extrapolated: false })
})

test('whole loss cycles are timed', async () => {
  // The alternating regime has a step for each of its two losses.
  expect((await calibrated(0.001, { regime: 'alternating' })).secondsPerStep).toBeCloseTo(0.0005, 12)
})
