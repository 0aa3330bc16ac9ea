import { expect, test } from 'vitest'
import { differenceColumns } from '../../../../../src/renderer/components/runs/settings/setting-differences.ts'
import { aRun } from '../support/run.ts'

test('runs that differ in their seeds alone are one column', () => {
  const runs = [
    aRun({ regime: 'joint', seed: 1 }),
    aRun({ regime: 'mixed', seed: 1 }),
    aRun({ regime: 'joint', seed: 2 }),
  ]
  const [first, second, third] = runs.map(({ id }) => id)
  const difference = {
    runs: [third!, first!, second!],
    settings: [
      { path: 'regime', values: ['joint', 'joint', 'mixed'] },
      { path: 'seed', values: [2, 1, 1] },
      { path: 'training.clipNorm', values: [1, 1, null] },
    ],
    same: 40,
  }
  expect(differenceColumns(difference, runs)).toEqual([
    { runs: [runs[0], runs[2]], title: 'quick start, 2 seeds', cells: ['joint', '1, 2', '1'] },
    { runs: [runs[1]], title: 'quick-start-mixed-s1', cells: ['mixed', '1', '–'] },
  ])
})
