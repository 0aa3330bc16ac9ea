import { expect, it } from 'vitest'
import { curveTable } from '../../../../../src/renderer/components/compare/curve/curve-table.ts'

it('the figure as a table has the backbone, single exits and each point of a curve', () => {
  const point = (cost: number, mean: number) => ({ cost, mean, std: 0.5 })
  const { rows, columns } = curveTable({
    series: [
      {
        experiment: 'a',
        regime: 'mixed',
        series: 'mixed',
        look: null,
        name: 'mixed',
        backboneCost: 1000,
        runs: [],
        seedCount: 3,
        seeds: [],
        curve: [point(0.2, 60), point(1.01, 80)],
        exits: [point(0.2, 61), point(1.01, 80)],
      },
    ],
    axis: 'share',
    backbones: [{ experiment: 'a', name: 'bare backbone', cost: 1, mean: 79, std: null }],
    backboneCost: null,
    budgets: [],
    note: '',
  })
  expect(rows).toEqual([
    ['–', 'bare backbone', '100.00', '79.00', null],
    ['mixed', 'exit 0', '20.00', '61.00', '0.50'],
    ['mixed', 'final exit', '101.00', '80.00', '0.50'],
    ['mixed', 'threshold curve', '20.00', '60.00', '0.50'],
    ['mixed', 'threshold curve', '101.00', '80.00', '0.50'],
  ])
  expect(columns).toHaveLength(5)
})
