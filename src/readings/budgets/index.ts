import { costKeyOf, costName, type OfCost } from '../../shared/evaluation/cost-kind.ts'
import { rounded } from '../../shared/tables/table.ts'
import { defineReading } from '../reading.ts'
import { budgetsAnswer, budgetsQuestion, type BudgetCell } from './schema.ts'

export const budgets = defineReading({
  info: {
    title: 'Budgets',
    sentence: 'accuracy at each budget',
    withoutImports: null,
    needsClasses: false,
    placed: true,
  },
  question: budgetsQuestion,
  answer: budgetsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  json: ({ task, readOn, testOpenedAt, protocol, rule, budgets, rows, ...answer }) => ({
    ...(task && { task }),
    ...costKeyOf(answer),
    ...(readOn && { readOn }),
    ...(testOpenedAt !== undefined && { testOpenedAt }),
    protocol,
    rule,
    budgets,
    rows: rows.map(({ experiment, regime, series, imported, seeds, runs, cells }) => ({
      experiment,
      regime,
      ...(series === regime ? {} : { series }),
      ...(imported && { imported }),
      seeds,
      runs,
      cells: cells.map((cell) => cell && cellJson(cell, answer)),
    })),
  }),
})

/** Percent to six decimals: more would be noise of floating point, such as 46.800000000000004. */
function cellJson({ budget, mean, std, cost, fraction }: BudgetCell, of: OfCost) {
  const share = fraction === undefined ? {} : { fraction }
  return { budget, mean: rounded(mean, 6), std: rounded(std, 6), [costName(of)]: cost, ...share }
}
