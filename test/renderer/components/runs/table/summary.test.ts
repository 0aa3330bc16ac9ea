import { expect, test } from 'vitest'
import { summaryOf } from '../../../../../src/renderer/components/runs/table/summary.ts'
import type { ExitId } from '../../../../../src/shared/evaluation/exit-id.ts'
import { aQueuedRun, aRun } from '../support/run.ts'

const lastEpoch = (...exits: [ExitId, number][]) => ({
  epoch: 1,
  exits: exits.map(([exit, value]) => ({ exit, value })),
  imagesPerSecond: 1,
})

const context = { settings: new Map() }
const validation = { split: 'validation', exit: 'final' } as const
const final = { split: 'test', exit: 'final' } as const

const withExits = (validation: number[]) => aRun({ scores: { validation, test: [0.5] } })

test('a group has the mean and the unbiased deviation of its done runs', () => {
  const running = aRun({
    status: 'running',
    scores: null,
    latest: lastEpoch([0, 0.1], ['final', 0.1]),
  })
  const { runs, counts, score, exits } = summaryOf(
    [withExits([0.2, 0.6]), withExits([0.4, 0.8]), running, aQueuedRun()],
    { over: 'done', context },
  )
  expect(runs).toBe(4)
  expect(counts).toMatchObject({ done: 2, running: 1, queued: 1, failed: 0 })
  expect(score(validation)).toEqual({ mean: expect.closeTo(0.7), std: expect.closeTo(Math.SQRT2 / 10), n: 2 })
  expect(exits.map(({ mean }) => mean)).toEqual([expect.closeTo(0.3), expect.closeTo(0.7)])
})

test('all runs with a value count if requested', () => {
  const running = aRun({
    status: 'running',
    scores: null,
    latest: lastEpoch([0, 0.1], ['final', 0.3]),
  })
  expect(
    summaryOf([withExits([0.2, 0.7]), running, aQueuedRun()], { over: 'all', context }).score(validation),
  ).toMatchObject({
    mean: expect.closeTo(0.5),
    n: 2,
  })
})

test('a run whose final exit has not been evaluated yet counts in no mean of it', () => {
  const branch = aRun({ status: 'running', scores: null, latest: lastEpoch([1, 0.9]) })
  const summary = summaryOf([branch, withExits([0.2, 0.6])], { over: 'all', context })
  expect(summary.score(validation)).toEqual({ mean: 0.6, std: null, n: 1 })
  expect(summary.exits).toEqual([])
  const alone = summaryOf([branch], { over: 'all', context })
  expect(alone.score(validation)).toBeNull()
  expect(alone.exits).toMatchObject([{ exit: 1, mean: 0.9 }])
})

test('one run has no deviation, no run has no mean', () => {
  expect(summaryOf([aRun()], { over: 'done', context }).score(final)).toEqual({ mean: 0.65, std: null, n: 1 })
  const queued = summaryOf([aQueuedRun()], { over: 'done', context })
  expect([queued.score(validation), queued.score(final), queued.exits]).toEqual([null, null, []])
})

test('exits are averaged only where all runs have as many', () => {
  expect(summaryOf([withExits([0.1, 0.2]), withExits([0.1, 0.2, 0.3])], { over: 'done', context }).exits).toEqual([])
})

test('runs of several regimes, or with other settings, have no mean', () => {
  const settings = new Map(
    Object.entries<Record<string, number>>({
      a: { 'training.learningRate': 0.001 },
      b: { 'training.learningRate': 0.001, 'probes.gradientDominance': 4 },
      c: { 'training.learningRate': 0.01 },
    }).map(([id, common]) => [id, { common, series: {} }]),
  )
  const mean = (...runs: Parameters<typeof aRun>[0][]) =>
    summaryOf(runs.map(aRun), { over: 'done', context: { settings } }).score(validation)
  const [a, b, c] = ['a', 'b', 'c'].map((experimentId) => ({ experimentId }))
  expect(mean(a, b)).toMatchObject({ n: 2 })
  expect(mean(a, c)).toBeNull()
  expect(mean(a, { ...a, regime: 'joint' })).toBeNull()
  expect(mean({ experimentId: 'unknown' }, { experimentId: 'other' })).toBeNull()
})

test('an exit has a mean of its own', () => {
  const { score } = summaryOf([withExits([0.2, 0.6]), withExits([0.4, 0.8])], { over: 'done', context })
  expect(score({ split: 'validation', exit: 0 })).toMatchObject({ mean: expect.closeTo(0.3), n: 2 })
  expect(score({ split: 'validation', exit: 1 })).toBeNull()
})
