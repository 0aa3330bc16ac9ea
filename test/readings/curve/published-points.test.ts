import { describe, expect, it } from 'vitest'
import { publishedPoints } from '../../../src/readings/curve/published-points.ts'
import { publishedOverlays } from '../../../src/readings/published.ts'
import type { PublishedTable } from '../../../src/shared/runs/published.ts'

const table: PublishedTable = {
  id: 'table-10',
  title: 'Table 10',
  network: 'ViT-T',
  data: 'CIFAR-100',
  method: 'SDN',
  budgets: [0.25, 0.5, 1],
  rows: [{ regime: 'joint', variant: null, cells: [{ mean: 40, std: 0.9 }, { mean: 60, std: 1 }, null] }],
}
/** The overlay of a table that these runs have the settings of. */
const fitting = (runs: readonly string[]) => {
  const settings = Object.fromEntries(runs.map((run) => [run, null]))
  return publishedOverlays({ tables: [table], fitting: { 'table-10': settings } }, {})[0]!
}
const series = (name: string, runs: readonly string[], experiment = 'a') => ({
  ...{ experiment, name, series: name, runs: [...runs], regime: 'joint', look: null, backboneCost: 100 },
  ...{ seedCount: runs.length, curve: [], seeds: [], exits: [] },
})
const axis = 'share' as const

describe('published points', () => {
  it('lie over the series whose settings are those of their table alone', () => {
    const data = { axis, series: [series('head conv', ['c1', 'c2']), series('head pooled', ['p1', 'p2'])] }
    expect(publishedPoints(data, fitting(['p1', 'p2'])).map((point) => [point.series, point.value])).toEqual([
      ['head pooled', 40],
      ['head pooled', 60],
    ])
    const [ofNone] = publishedOverlays({ tables: [table], fitting: {} }, {})
    expect(publishedPoints(data, ofNone!)).toEqual([])
  })

  it('lie at the budgets that have a value, over the regime of every experiment', () => {
    const runs = ['r1', 'r2', 'r3']
    const data = { axis, series: [series('joint, a', runs), series('joint, b', runs, 'b')] }
    expect(publishedPoints(data, fitting(['r1'])).map(({ series: name, cost }) => [name, cost])).toEqual([
      ['joint, a', 0.25],
      ['joint, a', 0.5],
      ['joint, b', 0.25],
      ['joint, b', 0.5],
    ])
  })
})
