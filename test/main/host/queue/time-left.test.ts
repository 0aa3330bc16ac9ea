import { expect, onTestFinished, test } from 'vitest'
import { createTimeLeft } from '../../../../src/main/host/queue/time-left.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { addExperiment, addRun, file, temporaryFolder } from '../../store/support.ts'

/** Halfway through an epoch of two seconds. */
const halfway = (epoch: number) => ({
  epoch,
  batch: 5,
  batchesPerEpoch: 10,
  imagesPerEpoch: 100,
  imagesPerSecond: 50,
})
const { epochs } = file.training

/** A run of two phases. */
function stage() {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  const trained = (phase: string) => ({ run: 'a1', phase: store.phases.get(phase)! })
  return { store, trained, timeLeft: createTimeLeft(store) }
}

test('the first epoch is taken at the pace of its images, later ones as long as the last', () => {
  const { trained, timeLeft } = stage()
  const phase = trained('p2')
  timeLeft.begin(phase)
  const first = 2 * (epochs - 0.5)
  expect(timeLeft.atMost(phase, halfway(1))).toEqual({ secondsLeftAtMost: first, runSecondsLeftAtMost: first })
  timeLeft.epochTook('p2', 4)
  const second = 4 * (epochs - 1.5)
  expect(timeLeft.atMost(phase, halfway(2))).toEqual({ secondsLeftAtMost: second, runSecondsLeftAtMost: second })
})

test('the time of a run is known once the pace of its later phases is', () => {
  const { store, trained, timeLeft } = stage()
  const phase = trained('p1')
  timeLeft.begin(phase)
  expect(timeLeft.atMost(phase, halfway(1)).runSecondsLeftAtMost).toBeNull()
  const record = { epoch: 1, learningRate: 0.1, imagesPerSecond: 50, seconds: 3, peakMemoryBytes: 0 }
  store.epochs.put('p1', { ...record, improved: true, epochsWithoutImprovement: 0 }, [])
  store.phases.setEpochs('p1', 1)
  timeLeft.epochTook('p1', 3)
  timeLeft.begin(phase)
  const left = 3 * (epochs - 1.5)
  expect(timeLeft.atMost(phase, halfway(2)).runSecondsLeftAtMost).toBe(left + 3 * epochs)
})
