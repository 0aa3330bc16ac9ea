import { expect, test } from 'vitest'
import { facetsOf } from '../../../../../src/renderer/components/runs/table/facets.ts'
import { aQueuedRun, aRun } from '../support/run.ts'

test('counts all values that can be chosen', () => {
  const facets = facetsOf([
    aRun({ experiment: 'old', createdAt: 1, tags: ['b', 'a'] }),
    aQueuedRun({ experiment: 'new', createdAt: 2, tags: ['b'] }),
    aRun({ experiment: 'new', createdAt: 2, regime: 'joint' }),
  ])
  expect(facets.total).toBe(3)
  expect(facets.experiments.map(({ name, count }) => [name, count])).toEqual([
    ['new', 2],
    ['old', 1],
  ])
  expect(facets.tags).toEqual([
    { value: 'b', count: 2 },
    { value: 'a', count: 1 },
  ])
  expect(Object.fromEntries(facets.statuses)).toEqual({ done: 2, queued: 1 })
  expect(facets.regimes).toEqual([
    { value: 'mixed', count: 2 },
    { value: 'joint', count: 1 },
  ])
})
