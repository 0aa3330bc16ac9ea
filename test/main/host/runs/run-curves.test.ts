import { expect, onTestFinished, test } from 'vitest'
import { sourcesOf } from '../../../../src/main/host/comparison/readings/sources.ts'
import { runCurves } from '../../../../src/main/host/runs/run-curves.ts'
import type { HostServices } from '../../../../src/main/host/api/services.ts'
import { openStore, type Store } from '../../../../src/main/store/open.ts'
import { trainingCurvesData } from '../../../../src/readings/training-curves/curves.ts'
import { trainingCurvesQuestion } from '../../../../src/readings/training-curves/schema.ts'
import { addExperiment, addRun, temporaryFolder } from '../../store/support.ts'

const accuracy = { metric: 'accuracy', split: 'validation', exit: 'final', x: 'epoch' } as const

/** Runs of one phase each, s1, s2, …, with two exits, whose final one has these accuracies epoch by epoch. */
function storeOf(seeds: readonly (readonly number[])[]): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  const record = { learningRate: 1, imagesPerSecond: 1, seconds: 1, peakMemoryBytes: 1 }
  for (const [seed, accuracies] of seeds.entries()) {
    const [run, phase] = [`a${seed + 1}`, `p${seed + 1}`]
    addRun(store, run, [phase])
    store.transaction(() => {
      for (const [index, value] of accuracies.entries()) {
        const metrics = [0, 1].map((exit) => ({
          exit,
          split: 'validation' as const,
          values: { loss: 0, accuracy: exit === 1 ? value : 0.5 },
        }))
        store.epochs.put(phase, { ...record, epoch: index + 1, improved: true, epochsWithoutImprovement: 0 }, metrics)
      }
    })
  }
  return store
}

function curveOf(accuracies: readonly number[], points: number): [epoch: number, value: number][] {
  const store = storeOf([accuracies])
  const { series, values } = runCurves(store, [store.runs.get('a1')!], { ...accuracy, points })
  expect(series).toEqual([{ run: 'a1', points: values.length / 2 }])
  return Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index]!, values[2 * index + 1]!])
}

test('a short curve is sent point by point', () => {
  expect(curveOf([0.25, 0.5, 0.75], 3)).toEqual([
    [1, 0.25],
    [2, 0.5],
    [3, 0.75],
  ])
})

test('a longer one keeps the extremes of each stretch, in the order of epochs', () => {
  // Two stretches of four epochs: 0.5 … 0.75 with its dip behind its peak, then one that rises.
  expect(curveOf([0.5, 0.75, 0.25, 0.5, 0.125, 0.25, 0.5, 1], 4)).toEqual([
    [2, 0.75],
    [3, 0.25],
    [5, 0.125],
    [8, 1],
  ])
})

test('a level one keeps the first epoch of each stretch', () => {
  expect(curveOf(Array(8).fill(0.5), 4)).toEqual([
    [1, 0.5],
    [5, 0.5],
  ])
})

test('no peak is lost however long the curve is', () => {
  const noisy = Array.from({ length: 10_000 }, (_, index) => 0.5 + 0.25 * Math.sin(index))
  noisy[4567] = 1
  noisy[7890] = 0
  const curve = curveOf(noisy, 100)
  expect(curve.length).toBeLessThanOrEqual(100)
  expect(curve).toContainEqual([4568, 1])
  expect(curve).toContainEqual([7891, 0])
})

test('counts steps and seconds over all phases of a run, and leaves out steps that were not recorded', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  const record = {
    learningRate: 1,
    imagesPerSecond: 1,
    peakMemoryBytes: 1,
    improved: true,
    epochsWithoutImprovement: 0,
  }
  const metrics = [0, 1].map((exit) => ({ exit, split: 'validation' as const, values: { loss: 0, accuracy: 0.5 } }))
  for (const [phase, seconds] of [
    ['p1', 10],
    ['p2', 20],
  ] as const) {
    for (const epoch of [1, 2]) store.epochs.put(phase, { ...record, epoch, seconds }, metrics)
    store.phases.setEpochs(phase, 2)
  }
  const placesOn = (x: 'step' | 'seconds') => {
    const { values } = runCurves(store, [store.runs.get('a1')!], { ...accuracy, x, points: 10 })
    return [...values].filter((_, index) => index % 2 === 0)
  }
  expect(placesOn('seconds')).toEqual([10, 20, 40, 60])
  store.phases.setStarted('p1', { at: 1, batchesPerEpoch: 7 })
  expect(placesOn('step')).toEqual([])
  store.phases.setStarted('p2', { at: 2, batchesPerEpoch: 5 })
  expect(placesOn('step')).toEqual([7, 14, 19, 24])
})

test('a mean over seeds is of the same epochs, however long a training is', () => {
  const epochs = 10_100
  // One seed is constant for half of its training: of a stretch of it there is no lowest and highest epoch.
  const seeds = [0, 1].map((seed) =>
    Array.from({ length: epochs }, (_, index) => (seed === 0 && index < epochs / 2 ? 0.5 : (index % 7) / 8)),
  )
  const store = storeOf(seeds)
  const question = trainingCurvesQuestion.parse({ runs: ['a1', 'a2'], seeds: 'mean' })
  const answerTo = () => Promise.reject(new Error())
  const sources = sourcesOf({ store } as HostServices, { runs: [] }, { answerTo, read: new Set() })
  const [line] = trainingCurvesData(sources.curves(question), question).lines
  expect(line!.points.map(({ x, value }) => [x, value])).toEqual(
    Array.from({ length: epochs }, (_, index) => [index + 1, 50 * (seeds[0]![index]! + seeds[1]![index]!)]),
  )
})
