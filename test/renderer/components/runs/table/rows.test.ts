import { expect, test } from 'vitest'
import { groupRuns } from '../../../../../src/renderer/components/runs/table/groups.ts'
import { rowsOf } from '../../../../../src/renderer/components/runs/table/rows.ts'
import { aRun } from '../support/run.ts'

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
  moment: { nowMs: 0, progress: new Map(), settings: new Map() },
})

const shown = (collapsed: string[]) =>
  rowsOf(runs, groups, new Set(collapsed)).map((row) => [
    row.level,
    row.parent,
    row.kind === 'run' ? row.run.name : row.group.title,
  ])

test('groups are followed by what is in them', () => {
  expect(shown([])).toEqual([
    [1, -1, 'a'],
    [2, 0, 'joint'],
    [3, 1, 'a-joint-s1'],
    [2, 0, 'mixed'],
    [3, 3, 'a-mixed-s1'],
    [3, 3, 'a-mixed-s2'],
    [1, -1, 'b'],
    [2, 6, 'joint'],
    [3, 7, 'b-joint-s1'],
  ])
})

test('a closed group stands alone', () => {
  const [a, b] = groups.map(({ path }) => path)
  expect(shown([a!])).toEqual([
    [1, -1, 'a'],
    [1, -1, 'b'],
    [2, 1, 'joint'],
    [3, 2, 'b-joint-s1'],
  ])
  expect(shown([a!, b!])).toHaveLength(2)
})

test('without groups there are the runs alone', () => {
  expect(rowsOf(runs, [], new Set()).map(({ key, level, parent }) => [key, level, parent])).toEqual(
    runs.map(({ id }) => [`/${id}`, 1, -1]),
  )
})
