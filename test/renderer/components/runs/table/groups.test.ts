import { describe, expect, test } from 'vitest'
import { groupRuns, groupsByPath, type Group } from '../../../../../src/renderer/components/runs/table/groups.ts'
import type { GroupKey } from '../../../../../src/renderer/components/runs/table/group-keys.ts'
import { inOrder, type Sort } from '../../../../../src/renderer/components/runs/table/order.ts'
import type { RunSummary } from '../../../../../src/shared/runs/runs.ts'
import { aQueuedRun, aRun } from '../support/run.ts'

const accurate = (regime: RunSummary['regime'], seed: number, validation: number) =>
  aRun({ regime, seed, scores: { validation: [0.2, validation], test: [0.1, validation - 0.1] } })

const context = { nowMs: 0, progress: new Map(), settings: new Map() }
const grouped = (runs: RunSummary[], keys: GroupKey[], sort: Sort = null, before?: Map<string, Group>) =>
  groupRuns(sort ? inOrder(runs, sort, context) : runs, { keys, sort, over: 'done', context, before })

/** Titles, inner groups in brackets. */
const outline = (groups: readonly Group[]): unknown =>
  groups.map(({ title, groups: inner, runs }) => [
    title,
    inner.length > 0 ? outline(inner) : runs.map(({ name }) => name),
  ])

describe('groups', () => {
  test('nest from the outside in, experiments newest first and regimes in their order', () => {
    const runs = [
      aRun({ experiment: 'old', regime: 'mixed', createdAt: 1 }),
      aRun({ experiment: 'old', regime: 'joint', createdAt: 1 }),
      aRun({ experiment: 'new', regime: 'mixed', createdAt: 2 }),
    ]
    expect(outline(grouped(runs, ['experiment', 'regime']))).toEqual([
      ['new', [['mixed', ['new-mixed-s1']]]],
      [
        'old',
        [
          ['joint', ['old-joint-s1']],
          ['mixed', ['old-mixed-s1']],
        ],
      ],
    ])
  })

  test('leave out an outer level that has one group only', () => {
    const runs = [aRun({ regime: 'mixed' }), aRun({ regime: 'joint' })]
    expect(outline(grouped(runs, ['experiment', 'regime']))).toEqual([
      ['joint', ['quick-start-joint-s1']],
      ['mixed', ['quick-start-mixed-s1']],
    ])
    expect(outline(grouped(runs, ['experiment']))).toMatchObject([['quick start', {}]])
  })

  test('hold a run once for each of its tags', () => {
    const runs = [aRun({ seed: 1, tags: ['paper', 'local'] }), aRun({ seed: 2 }), aRun({ seed: 3, tags: ['paper'] })]
    expect(grouped(runs, ['tag']).map(({ title, runs: own }) => [title, own.map(({ seed }) => seed)])).toEqual([
      ['local', [1]],
      ['paper', [1, 3]],
      ['no tag', [2]],
    ])
  })

  test('keep two experiments of one name apart', () => {
    const runs = [aRun({ experimentId: 'a' }), aRun({ experimentId: 'b' })]
    expect(grouped(runs, ['experiment'])).toHaveLength(2)
  })

  test('are sorted by their means, their runs by value, those without one last', () => {
    const runs = [
      accurate('mixed', 1, 0.6),
      accurate('mixed', 2, 0.8),
      accurate('joint', 1, 0.75),
      aQueuedRun({ regime: 'joint', seed: 2 }),
      aQueuedRun({ regime: 'disjoint' }),
    ]
    const titles = (descending: boolean) =>
      grouped(runs, ['regime'], { column: 'validation', descending }).map(({ title, runs: own }) => [
        title,
        own.map(({ seed }) => seed),
      ])
    expect(titles(true)).toEqual([
      ['joint', [1, 2]],
      ['mixed', [2, 1]],
      ['disjoint', [1]],
    ])
    expect(titles(false)).toEqual([
      ['mixed', [1, 2]],
      ['joint', [1, 2]],
      ['disjoint', [1]],
    ])
  })

  test('of several regimes are sorted by their best mean, ascending by their worst', () => {
    const runs = [
      accurate('mixed', 1, 0.9),
      accurate('joint', 1, 0.1),
      accurate('mixed', 2, 0.6),
      accurate('joint', 2, 0.5),
    ].map((run) => ({ ...run, experimentId: `e${run.seed}`, experiment: `e${run.seed}` }))
    const order = (descending: boolean) =>
      grouped(runs, ['experiment'], { column: 'validation', descending }).map(({ title }) => title)
    expect(order(true)).toEqual(['e1', 'e2'])
    expect(order(false)).toEqual(['e1', 'e2'])
  })

  test('of a setting stand in the order of its numbers', () => {
    const runs = ['a', 'b', 'c'].map((experimentId) => aRun({ experimentId }))
    const settings = new Map([
      ['a', { common: { 'training.batchSize': 128 }, series: {} }],
      ['b', { common: { 'training.batchSize': 32 }, series: {} }],
    ])
    const groups = groupRuns(runs, {
      keys: ['training.batchSize'],
      sort: null,
      over: 'done',
      context: { ...context, settings },
    })
    expect(groups.map(({ title }) => title)).toEqual(['Batch size 32', 'Batch size 128', 'Batch size –'])
  })

  test('are the same objects where their runs are the same', () => {
    const runs = [aRun({ regime: 'mixed' }), aRun({ regime: 'joint' })]
    const before = groupsByPath(grouped(runs, ['regime']))
    const after = groupsByPath(grouped([runs[0]!, aRun({ regime: 'joint' })], ['regime'], null, before))
    expect(after.get('regime=mixed')).toBe(before.get('regime=mixed'))
    expect(after.get('regime=joint')).not.toBe(before.get('regime=joint'))
  })
})
