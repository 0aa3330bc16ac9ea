import type { BudgetCell, BudgetsAnswer } from '../../../../../src/readings/budgets/schema.ts'

function cell(budget: number | null, mean: number, std: number | null): BudgetCell {
  return { budget, mean, std, cost: 1_234_567.4 }
}

/** One experiment, three seeds; the smallest budget is out of reach for disjoint, the largest is a tie as printed. */
export const single: BudgetsAnswer = {
  protocol: 'validation',
  rule: 'confidence',
  budgets: [0.25, 1, null],
  rows: [
    {
      experiment: 'R&D_50%',
      regime: 'disjoint',
      series: 'disjoint',
      look: null,
      seeds: [1, 2, 3],
      runs: ['a', 'b', 'c'],
      backboneCost: 5_207_648,
      seedCells: [],
      cells: [null, cell(1, 87.551, 1.4142), cell(null, 88.8349, 0.1)],
    },
    {
      experiment: 'R&D_50%',
      regime: 'mixed',
      series: 'mixed',
      look: null,
      seeds: [1, 2, 3],
      runs: ['a', 'b', 'c'],
      backboneCost: 5_207_648,
      seedCells: [],
      cells: [cell(0.25, 85.5, 10.25), cell(1, 88.83, 0.5), cell(null, 88.8251, 0)],
    },
  ],
}

/** Two experiments that differ in seeds and backbone. */
export const several: BudgetsAnswer = {
  ...single,
  protocol: 'paper',
  rule: 'entropy',
  budgets: [0.375, null],
  rows: [
    {
      experiment: 'first',
      regime: 'joint',
      series: 'joint',
      look: null,
      seeds: [1],
      runs: ['a'],
      backboneCost: 41_304_704,
      seedCells: [],
      cells: [cell(0.375, 9.5, null), cell(null, 91.25, null)],
    },
    {
      experiment: '=second, "two"',
      regime: 'joint',
      series: 'joint',
      look: null,
      seeds: [1, 2],
      runs: ['a', 'b'],
      backboneCost: 1_161_955_328,
      seedCells: [],
      cells: [cell(0.375, 60, 2), cell(null, 70, 3)],
    },
  ],
}
