import { expect, it } from 'vitest'
import { budgets } from '../../../src/readings/budgets/index.ts'

it('the JSON of a comparison has no noise of floating point', () => {
  const cell = { budget: null, mean: 46.800000000000004, std: 0.1 + 0.2, cost: 5 }
  const row = {
    experiment: 'a',
    regime: 'joint',
    series: 'joint',
    look: null,
    seeds: [1, 2],
    runs: ['a', 'b'],
    backboneCost: 1,
    cells: [cell],
    seedCells: [],
  }
  const whole = { protocol: 'validation', rule: 'confidence', budgets: [null], rows: [row] }
  expect((budgets.json(whole) as typeof whole).rows[0]!.cells).toEqual([
    { budget: null, mean: 46.8, std: 0.3, macs: 5 },
  ])
})
