import { expect, test } from 'vitest'
import { summaryOf } from '../../../../../src/renderer/components/runs/table/summary.ts'
import type { ExitId } from '../../../../../src/shared/exit-id.ts'
import { aQueuedRun, aRun } from '../support/run.ts'

const lastEpoch = (...exits: [ExitId, number][]) => ({
  epoch: 1,
  exits: exits.map(([exit, accuracy]) => ({ exit, accuracy })),
  imagesPerSecond: 1,
})

const withExits = (validation: number[]) => aRun({ accuracies: { validation, test: [0.5] } })

test('a group has the mean and the unbiased deviation of its done runs', () => {
  const running = aRun({
    status: 'running',
    accuracies: null,
    latest: lastEpoch([0, 0.1], ['final', 0.1]),
  })
  const { runs, counts, validation, exits } = summaryOf(
    [withExits([0.2, 0.6]), withExits([0.4, 0.8]), running, aQueuedRun()],
    'done',
  )
  expect(runs).toBe(4)
  expect(counts).toMatchObject({ done: 2, running: 1, queued: 1, failed: 0 })
  expect(validation).toEqual({ mean: expect.closeTo(0.7), std: expect.closeTo(Math.SQRT2 / 10), n: 2 })
  expect(exits.map(({ mean }) => mean)).toEqual([expect.closeTo(0.3), expect.closeTo(0.7)])
})

test('all runs with a value count where that is asked for', () => {
  const running = aRun({
    status: 'running',
    accuracies: null,
    latest: lastEpoch([0, 0.1], ['final', 0.3]),
  })
  expect(summaryOf([withExits([0.2, 0.7]), running, aQueuedRun()], 'all').validation).toMatchObject({
    mean: expect.closeTo(0.5),
    n: 2,
  })
})

test('a run whose final exit has not been evaluated yet counts in no mean of it', () => {
  const branch = aRun({ status: 'running', accuracies: null, latest: lastEpoch([1, 0.9]) })
  const summary = summaryOf([branch, withExits([0.2, 0.6])], 'all')
  expect(summary.validation).toEqual({ mean: 0.6, std: null, n: 1 })
  expect(summary.exits).toEqual([])
  expect(summaryOf([branch], 'all')).toMatchObject({ validation: null, exits: [{ exit: 1, mean: 0.9 }] })
})

test('one run has no deviation, none no mean', () => {
  expect(summaryOf([aRun()], 'done').test).toEqual({ mean: 0.65, std: null, n: 1 })
  expect(summaryOf([aQueuedRun()], 'done')).toMatchObject({ validation: null, test: null, exits: [] })
})

test('exits are averaged only where all runs have as many', () => {
  expect(summaryOf([withExits([0.1, 0.2]), withExits([0.1, 0.2, 0.3])], 'done').exits).toEqual([])
})
