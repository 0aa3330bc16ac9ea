import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../src/engine/evaluation/groups.ts'

const run = (experiment: string, regime: string | null, seed: number, more: object = {}) => {
  return { experiment, regime, series: regime ?? 'imported', seed, exitCosts: [1, 2], backboneCost: 2, ...more }
}
const shown = (runs: Parameters<typeof groupRuns>[0]) =>
  groupRuns(runs).map(({ experiment, regime, series, look, runs: members }) =>
    [experiment, regime, series, look, members.map(({ seed }) => seed).join()].join(' '),
  )

describe('groups of runs', () => {
  it('are of one experiment, regime and series each, their seeds ascending', () => {
    const wide = { series: 'joint · width 2' }
    expect(
      shown([
        run('b', null, 1),
        run('b', 'mixed', 3),
        run('b', 'joint', 2, wide),
        run('b', 'joint', 2),
        run('a', 'joint', 1),
        run('b', 'mixed', 1),
        run('b', 'joint', 1, wide),
      ]),
    ).toEqual([
      'b joint joint · width 2 0 1,2',
      'b joint joint  2',
      'b mixed mixed  1,3',
      'b  imported 1 1',
      'a joint joint  1',
    ])
  })

  it('keep the look that their runs have already', () => {
    expect(shown([run('a', 'joint', 1, { series: 'joint · x', look: 4 })])).toEqual(['a joint joint · x 4 1'])
    expect(shown([run('a', 'joint', 1, { series: 'joint · x', look: null })])).toEqual(['a joint joint · x  1'])
  })

  it('are refused with one seed twice, or networks of different cost', () => {
    const twice = [run('a', 'joint', 1), run('a', 'joint', 2), run('a', 'joint', 1)]
    expect(() => groupRuns(twice)).toThrow('Two runs are "a", joint, seed 1; each seed may occur once.')
    const message = 'seeds 1 and 2 have networks of different cost (backbone and exits: 2, 1, 2 against'
    for (const other of [{ exitCosts: [1, 3] }, { backboneCost: 3 }])
      expect(() => groupRuns([run('a', 'joint', 1), run('a', 'joint', 2, other)])).toThrow(message)
    expect(groupRuns([run('a', 'joint', 1), run('b', 'joint', 1, { backboneCost: 3 })])).toHaveLength(2)
  })
})
