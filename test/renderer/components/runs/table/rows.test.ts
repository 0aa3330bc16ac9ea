import { expect, test } from 'vitest'
import { groupRuns } from '../../../../../src/renderer/components/runs/table/groups.ts'
import { rowsOf, stuckRows } from '../../../../../src/renderer/components/runs/table/rows.ts'
import { aRun } from '../support/run.ts'

const context = { nowMs: 0, progress: new Map(), settings: new Map() }
const runs = [
  aRun({ experiment: 'a', regime: 'joint' }),
  aRun({ experiment: 'a', regime: 'mixed', seed: 1 }),
  aRun({ experiment: 'a', regime: 'mixed', seed: 2 }),
  aRun({ experiment: 'b', regime: 'joint' }),
]
const groups = groupRuns(runs, {
  keys: ['experiment', 'regime'],
  sort: null,
  over: 'done',
  context,
})

const shown = (collapsed: string[]) =>
  rowsOf(runs, groups, new Set(collapsed)).map((row) => [
    row.level,
    row.parent,
    row.kind === 'run' ? row.run.name : row.group.title,
  ])

test('groups are followed by what is in them, a run alone in its group stands for it', () => {
  expect(shown([])).toEqual([
    [1, -1, 'a'],
    [2, 0, 'a-joint-s1'],
    [2, 0, 'mixed'],
    [3, 2, 'a-mixed-s1'],
    [3, 2, 'a-mixed-s2'],
    [1, -1, 'b-joint-s1'],
  ])
})

test('a run repeats the name of its experiment unless it stands inside of its group', () => {
  const named = rowsOf(runs, groups, new Set()).flatMap((row) => (row.kind === 'run' ? [row.inExperiment] : []))
  expect(named).toEqual([true, true, true, false])
  const byRegime = groupRuns(runs, { keys: ['regime'], sort: null, over: 'done', context })
  const rows = rowsOf(runs, byRegime, new Set())
  expect(rows.every((row) => row.kind === 'group' || !row.inExperiment)).toBe(true)
})

test('a group of one run that its row does not name is shown', () => {
  const byTag = groupRuns([aRun({ tags: ['paper'] })], { keys: ['tag'], sort: null, over: 'done', context })
  expect(rowsOf([], byTag, new Set()).map(({ kind }) => kind)).toEqual(['group', 'run'])
})

test('a closed group has no rows below it', () => {
  const [a, b] = groups.map(({ path }) => path)
  expect(shown([a!])).toEqual([
    [1, -1, 'a'],
    [1, -1, 'b-joint-s1'],
  ])
  expect(shown([a!, b!])).toHaveLength(2)
})

test('without groups there are the runs alone', () => {
  expect(rowsOf(runs, [], new Set()).map(({ key, level, parent }) => [key, level, parent])).toEqual(
    runs.map(({ id }) => [`/${id}`, 1, -1]),
  )
})

// 0 new · 1 joint · 2 s1 · 3 s2 · 4 mixed · 5 s1 · 6 s2 · 7 old · 8 joint · 9 s1 · 10 s2 · 11 mixed · 12 s1 · 13 s2
const seeds = ['old', 'new'].flatMap((experiment, createdAt) =>
  (['joint', 'mixed'] as const).flatMap((regime) =>
    [1, 2].map((seed) => aRun({ experiment, createdAt, regime, seed })),
  ),
)
const inner = groupRuns(seeds, { keys: ['experiment', 'regime'], sort: null, over: 'done', context })
const rows = rowsOf([], inner, new Set())
const stuckAt = (first: number) => stuckRows(rows, first).map(({ index }) => index)

test('group headers of visible rows stay, once their own lines are scrolled away', () => {
  expect(stuckAt(0)).toEqual([])
  expect(stuckAt(1)).toEqual([0, 1])
  expect(stuckAt(2)).toEqual([0, 1])
})

test('a row counts as visible if no header covers it', () => {
  // Row 3 is at the top: rows 3 and 4 are covered by experiment and regime, unless 4 is a regime itself.
  expect(stuckAt(3)).toEqual([0])
  expect(stuckAt(4)).toEqual([0, 4])
  expect(stuckAt(6)).toEqual([0])
  expect(stuckAt(7)).toEqual([])
  expect(stuckAt(9)).toEqual([7, 8])
})

test('there are no fixed headers without groups', () => expect(stuckRows(rowsOf(runs, [], new Set()), 5)).toEqual([]))
