import { expect, test } from 'vitest'
import { noticesOf } from '../../../../src/renderer/components/shell/run-endings.ts'
import type { RunSummary } from '../../../../src/shared/runs.ts'
import { runSummary } from '../../support/run-summary.ts'

const mapOf = (...runs: RunSummary[]) => new Map(runs.map((run) => [run.id, run]))
const a = runSummary({ id: 'a', name: 'toy-joint-s1', status: 'running' })
const b = runSummary({ id: 'b', name: 'toy-mixed-s1' })
const done = { status: 'done' as const, accuracies: { validation: [0.5], test: [0.4, 0.8612] } }

test('a run that is done is told with its test accuracy', () => {
  expect(noticesOf(mapOf(a, b), mapOf({ ...a, ...done }, b))).toEqual([
    { title: 'toy-joint-s1 is done', body: 'Test accuracy 86.12 %', tag: 'done', run: 'a' },
  ])
})

test('a failure is told with its reason, and a divergence by its name', () => {
  const failed = { ...a, status: 'failed', error: 'no disk\nat step 3' } as const
  expect(noticesOf(mapOf(a, b), mapOf(failed, b))).toEqual([
    { title: 'toy-joint-s1 failed', body: 'no disk', tag: 'failed a', run: 'a' },
  ])
  const [notice] = noticesOf(mapOf(a, b), mapOf({ ...failed, errorCode: 'diverged' }, b))
  expect(notice!.title).toBe('toy-joint-s1 diverged')
})

test('the last of several runs tells that the queue is empty', () => {
  const other = { ...b, status: 'failed' } as const
  expect(noticesOf(mapOf(a, other), mapOf({ ...a, ...done }, other)).at(-1)).toEqual({
    title: 'The queue is empty',
    body: '1 run done, 1 failed',
    tag: 'queue',
    run: null,
  })
  expect(noticesOf(mapOf(a), mapOf({ ...a, ...done }))).toHaveLength(1)
})

test('nothing is told of runs that were done before, that are paused, or of a first list', () => {
  expect(noticesOf(mapOf(), mapOf({ ...a, ...done }))).toEqual([])
  expect(noticesOf(mapOf(a), mapOf({ ...a, status: 'paused' }))).toEqual([])
  expect(noticesOf(mapOf({ ...a, ...done }), mapOf({ ...a, ...done, note: 'seen' }))).toEqual([])
})
