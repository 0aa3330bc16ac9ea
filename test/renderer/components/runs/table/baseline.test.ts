import { expect, test } from 'vitest'
import { readBaseline, belongsTo, pinned } from '../../../../../src/renderer/components/runs/table/baseline.ts'
import { aRun } from '../support/run.ts'

const context = { settings: new Map([['id of quick start', { common: { 'training.batchSize': 32 }, series: {} }]]) }
const validation = { split: 'validation', exit: 'final' } as const

const runs = [
  aRun({ regime: 'joint', seed: 1 }),
  aRun({ regime: 'joint', seed: 2 }),
  aRun({ regime: 'mixed', tags: ['x'] }),
]

test('a pinned group is all runs with its values', () => {
  const baseline = pinned(
    {
      group: [
        { key: 'experiment', value: 'id of quick start' },
        { key: 'regime', value: 'joint' },
      ],
    },
    runs,
    { over: 'done', context },
  )
  expect(baseline).toMatchObject({ title: 'quick start, joint', summary: { runs: 2 } })
  expect(baseline?.summary.score(validation)).toMatchObject({ mean: 0.7, n: 2 })
})

test('a pinned run is the baseline before it is done', () => {
  const running = aRun({ status: 'running', scores: null })
  expect(pinned({ run: running.id }, [running], { over: 'done', context })?.summary.score(validation)?.mean).toBe(0.6)
})

test('a baseline that no longer exists is dropped', () =>
  expect(pinned({ run: 'gone' }, runs, { over: 'done', context })).toBeNull())

test('a run belongs to the group of each of its tags', () => {
  expect(runs.map((run) => belongsTo({ group: [{ key: 'tag', value: 'x' }] }, run, context))).toEqual([
    false,
    false,
    true,
  ])
})

test('a run belongs to the group of its settings', () => {
  const group = (value: string) => ({ group: [{ key: 'training.batchSize' as const, value }] })
  expect([group('32'), group('64')].map((each) => belongsTo(each, runs[0]!, context))).toEqual([true, false])
})

test('a stored baseline is restored; an invalid one is dropped', () => {
  const group = { group: [{ key: 'regime', value: 'joint' }] }
  expect(readBaseline({ run: 'a' })).toEqual({ run: 'a' })
  expect(readBaseline(group)).toEqual(group)
  for (const kept of [
    null,
    5,
    'x',
    [],
    {},
    { run: 5 },
    { group: [5] },
    { group: [] },
    { group: [{ key: 'gone', value: '' }] },
  ])
    expect(readBaseline(kept)).toBeNull()
})
