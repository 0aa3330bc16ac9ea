import { expect, test } from 'vitest'
import { readSort, inNaturalOrder, inOrder } from '../../../../../src/renderer/components/runs/table/order.ts'
import { aQueuedRun, aRun, someProgress } from '../support/run.ts'

const context = {
  nowMs: 0,
  progress: new Map([['fast', someProgress({ runSecondsLeftAtMost: 10 })]]),
  settings: new Map(),
}
const names = (runs: readonly { name: string }[]) => runs.map(({ name }) => name)

test('running runs come first, then the queue in its order, then the last finished', () => {
  const runs = [
    aRun({ name: 'early', finishedAt: 1 }),
    aQueuedRun({ name: 'third', position: 7 }),
    aRun({ name: 'late', finishedAt: 9 }),
    aQueuedRun({ name: 'second', position: 5 }),
    aRun({ name: 'first', status: 'running', position: 6, finishedAt: null }),
  ]
  expect(names(inNaturalOrder(runs))).toEqual(['first', 'second', 'third', 'late', 'early'])
})

test('names sort by their numbers', () => {
  const runs = ['run 10', 'Run 9', 'run 1'].map((name) => aRun({ name }))
  expect(names(inOrder(runs, { column: 'name', descending: false }, context))).toEqual(['run 1', 'Run 9', 'run 10'])
})

test('runs without a value come last in both directions, equal ones as they were', () => {
  const runs = [
    aQueuedRun({ name: 'none' }),
    aRun({ name: 'fast', id: 'fast', status: 'running' }),
    aRun({ name: 'same a', status: 'running', id: 'x' }),
  ]
  for (const descending of [true, false]) {
    expect(names(inOrder(runs, { column: 'eta', descending }, context))).toEqual(['fast', 'none', 'same a'])
  }
})

test('names that were sorted before and new ones sort together, equal ones as they were', () => {
  const sort = { column: 'name', descending: false } as const
  const ids = (runs: readonly { id: string }[]) => runs.map(({ id }) => id)
  const early = ['run 9', 'same', 'run 11'].map((name) => aRun({ id: name, name }))
  expect(ids(inOrder(early, sort, context))).toEqual(['run 9', 'run 11', 'same'])
  const late = [aRun({ id: 'new', name: 'run 10' }), ...early, aRun({ id: 'twin', name: 'SAME' })]
  expect(ids(inOrder(late, sort, context))).toEqual(['run 9', 'new', 'run 11', 'same', 'twin'])
  expect(ids(inOrder(late, { ...sort, descending: true }, context))).toEqual(['same', 'twin', 'run 11', 'new', 'run 9'])
})

test('the phase column sorts by epoch, the status column with running runs first', () => {
  const runs = [
    aRun({ name: 'four' }),
    aRun({ name: 'nine', status: 'running', latest: { epoch: 9, exits: [], imagesPerSecond: 1 } }),
  ]
  expect(names(inOrder(runs, { column: 'phase', descending: true }, context))).toEqual(['nine', 'four'])
  expect(names(inOrder(runs, { column: 'status', descending: false }, context))).toEqual(['nine', 'four'])
})

test('settings sort as numbers, missing ones last', () => {
  const runs = ['a', 'b', 'c'].map((experimentId) => aRun({ name: experimentId, experimentId }))
  const settings = new Map([
    ['a', { common: { 'training.learningRate': 1e-2 }, series: {} }],
    ['b', { common: { 'training.learningRate': 3e-4 }, series: {} }],
  ])
  const sort = { column: 'training.learningRate', descending: false } as const
  expect(names(inOrder(runs, sort, { ...context, settings }))).toEqual(['b', 'a', 'c'])
})

test('a stored order is restored; one by an unknown column is dropped', () => {
  expect(readSort({ column: 'name', descending: true })).toEqual({ column: 'name', descending: true })
  for (const kept of [null, 5, 'x', [], { column: 'gone', descending: true }, { column: 5 }])
    expect(readSort(kept)).toBeNull()
})
