import { expect, it } from 'vitest'
import { machineSeries, samplesOfEpochs } from '../../../../../src/renderer/components/run/machine/machine-series.ts'

const sample = (seconds: number, imagesPerSecond: number) => ({
  at: 1_700_000_000_000 + 1000 * seconds,
  epoch: 1,
  batch: 0,
  imagesPerSecond,
  residentBytes: 2 ** 30,
})

it('starts at zero, with some room above the peak', () => {
  const { points, peak, latest, seconds } = machineSeries(
    [sample(0, 100), sample(30, 200), sample(60, 50)],
    'imagesPerSecond',
  )!
  expect({ peak, latest, seconds }).toEqual({ peak: 200, latest: 50, seconds: 60 })
  expect(points.map(({ x }) => x)).toEqual([0, 0.5, 1])
  expect(points.map(({ y }) => (1 - y) * 230)).toEqual([100, 200, 50].map((value) => expect.closeTo(value, 9)))
})

it('leaves out pauses', () => {
  const { points, seconds } = machineSeries(
    [sample(0, 100), sample(10, 100), sample(3610, 100), sample(3620, 100)],
    'imagesPerSecond',
  )!
  expect(seconds).toBe(20)
  expect(points.map(({ x }) => x)).toEqual([0, 0.5, 0.5, 1])
})

it('keeps a single dip however many samples there are', () => {
  const samples = Array.from({ length: 5000 }, (_, index) => sample(index, index === 3210 ? 10 : 100))
  const { points } = machineSeries(samples, 'imagesPerSecond')!
  expect(points.length).toBeLessThanOrEqual(302)
  expect(Math.max(...points.map(({ y }) => y))).toBeCloseTo(1 - 10 / 115)
})

it('uses the epochs of a phase that was too short to be sampled', () => {
  const record = (epoch: number) => ({
    epoch,
    seconds: 1.5,
    imagesPerSecond: 100 * epoch,
    peakMemoryBytes: 2 ** 20,
    learningRate: 0,
    improved: true,
    epochsWithoutImprovement: 0,
  })
  expect(samplesOfEpochs([record(1), record(2)])).toEqual([
    { at: 1500, epoch: 1, batch: 0, imagesPerSecond: 100, residentBytes: 2 ** 20 },
    { at: 3000, epoch: 2, batch: 0, imagesPerSecond: 200, residentBytes: 2 ** 20 },
  ])
})

it('is empty without samples', () => {
  expect(machineSeries([], 'residentBytes')).toBeNull()
})
