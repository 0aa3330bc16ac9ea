import { describe, expect, it } from 'vitest'
import { barrierRegimesHeatMap } from '../../../../src/readings/analyses/mode-connectivity/figure/barriers.ts'
import { pairTitle, runPairs } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import { measured, run } from '../../../support/measured-paths.ts'

const heights = { naive: 1, matched: 0.5 }
const titles = (...ends: Parameters<typeof measured>[0][]) =>
  runPairs(ends.map((runs) => measured(runs, heights))).map((pair) => `${pairTitle(pair)}, ${pair.members.length}`)

describe('pairs of runs', () => {
  it('are one pair of regimes over seeds', () => {
    expect(
      titles(
        [run('disjoint', 1), run('joint', 1)],
        [run('disjoint', 1), run('mixed', 1)],
        [run('disjoint', 2), run('joint', 2)],
      ),
    ).toEqual(['disjoint – joint, 2', 'disjoint – mixed, 1'])
  })

  it('are shown alone where they differ in more than regime or seed', () => {
    expect(titles([run('mixed', 1), run('mixed', 2)], [run('disjoint', 1), run('joint', 2)])).toEqual([
      'mixed, seed 1 – mixed, seed 2, 1',
      'disjoint, seed 1 – joint, seed 2, 1',
    ])
  })

  it('are one pair of series over seeds, of one regime as well', () => {
    const slow = (seed: number) => ({
      ...run('mixed', seed),
      id: `slow-${seed}`,
      series: 'mixed · learning rate 0.001',
    })
    const fast = (seed: number) => ({ ...run('mixed', seed), id: `fast-${seed}`, series: 'mixed · learning rate 0.01' })
    expect(titles([slow(1), fast(1)], [slow(2), fast(2)], [slow(1), slow(2)])).toEqual([
      'mixed · learning rate 0.001 – mixed · learning rate 0.01, 2',
      'mixed · learning rate 0.001, seed 1 – mixed · learning rate 0.001, seed 2, 1',
    ])
  })

  it('have the names of their runs where another experiment has the same regimes and seed', () => {
    const other = { ...run('joint', 1), id: 'other', name: 'other joint 1' }
    expect(titles([run('disjoint', 1), run('joint', 1)], [run('disjoint', 1), other])).toEqual([
      'study disjoint 1 – study joint 1, 1',
      'study disjoint 1 – other joint 1, 1',
    ])
  })
  it('have the ids of their runs, too, where an experiment of the same name has the same regimes and seed', () => {
    const [one, other] = ['3f9a2b00', 'c01d7700'].map((id) => ({ ...run('joint', 1), id }))
    expect(titles([one!, other!])).toEqual(['study joint 1 (3f9a2b) – study joint 1 (c01d77), 1'])
  })

  it('have the names of their runs where both are of one series and seed, of two experiments', () => {
    const other = { ...run('joint', 1), id: 'other', name: 'other joint 1' }
    expect(titles([run('joint', 1), other])).toEqual(['study joint 1 – other joint 1, 1'])
    const ends = barrierRegimesHeatMap({
      pairs: runPairs([measured([run('joint', 1), other], heights)]),
      ...{ metric: 'loss', split: 'test', path: 'naive', exit: null, clip: 2 },
    })
    expect(ends.rows).toEqual(['study joint 1', 'other joint 1'])
    expect(ends.values[0]![1]).toBeGreaterThan(0)
  })
})
