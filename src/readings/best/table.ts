import { macsText } from '../../shared/evaluation/cost-axis.ts'
import { unitOf } from '../../shared/evaluation/cost-kind.ts'
import { closedRule, readOnSentences } from '../../shared/evaluation/read-on.ts'
import { differenceUnit, withUnit } from '../../shared/methods/metric.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { none } from '../../shared/format/numbers.ts'
import { meanCell, plain, type Table, type TableCell } from '../../shared/tables/table.ts'
import { budgetColumn, overBudgetNote, regimeHead, seriesColumn, seriesTitle } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { differenceCells } from '../difference-cells.ts'
import { seriesMark } from '../series-mark.ts'
import type { BestAnswer, Ranked } from './schema.ts'
import { bestSentence } from './sentence.ts'

/** The ranking of series at each budget, the best first: a block for each budget. */
export function table(answer: BestAnswer): Table {
  const rows = answer.atBudgets.flatMap(({ ranking }) => ranking)
  const named = answer.atBudgets.flatMap(({ ranking, withoutThreshold }) => [...ranking, ...withoutThreshold])
  const counts = rows.map(({ seedCount }) => seedCount)
  const metric = primaryMetric(answer)
  const column = seriesColumn(named)
  const found = answer.atBudgets.filter(({ ranking }) => ranking.length > 0)
  return {
    name: comparisonStem(rows, 'best'),
    caption: answer.atBudgets.map(({ budget }) => bestSentence(answer, budget)).join(' '),
    legend: [
      `Ranked by ${metric.noun} on validation samples; Δ in ${differenceUnit(metric)} to the best on the same samples, paired by seed, p times the number of others that are tested.`,
      ...(rows.some(({ test }) => test === null) ? [closedRule] : []),
      ...readOnSentences(answer),
    ],
    notes: answer.atBudgets.some(({ withoutThreshold }) => withoutThreshold.length > 0) ? [overBudgetNote] : [],
    emphasis: 'best of each budget',
    keys: [
      { name: 'budget' },
      { name: 'rank' },
      { name: 'experiment' },
      { name: 'regime' },
      ...column.key,
      { name: 'n' },
    ],
    heads: [
      { title: '#', align: 'right' },
      { title: seriesTitle(named), align: 'left' },
    ],
    dimensions: ['quantity'],
    measures: [
      { name: 'value', suffix: '' },
      { name: 'spread', suffix: ' spread' },
    ],
    columns: [
      { ids: ['validation'], name: 'validation', title: withUnit('validation', metric), kind: 'number' },
      { ids: ['test'], name: 'test', title: withUnit('test', metric), kind: 'number' },
      { ids: ['difference'], name: 'difference', title: 'Δ to best', kind: 'number', signed: true },
      { ids: ['p'], name: 'p', title: 'p (Bonferroni)', kind: 'text' },
    ],
    blocks: found.map(({ budget, ranking, withoutThreshold }) => ({
      title: answer.atBudgets.length > 1 ? `${titleOf(answer, budget)} budget` : null,
      rows: [
        ...ranking.map((row, place) => ({
          keys: [budget ?? 'unlimited', place + 1, row.experiment, row.regime, ...column.of(row), row.seedCount],
          heads: [String(place + 1), regimeHead(row.series, row.seedCount, counts)],
          series: seriesMark(row),
          cells: cellsOf(row, { decimals: metric.decimals, isBest: place === 0 }),
        })),
        ...withoutThreshold.map((row) => ({
          keys: [budget ?? 'unlimited', null, row.experiment, row.regime, ...column.of(row), null],
          heads: [none, row.series],
          series: seriesMark(row),
          cells: [null, null, null, null],
        })),
      ],
    })),
  }
}

const titleOf = (answer: BestAnswer, budget: number | null) =>
  answer.budgetsIn === 'cost' && budget !== null ? macsText(budget, unitOf(answer)) : budgetColumn(budget).title

function cellsOf(
  { validation, behind, test }: Ranked,
  { decimals, isBest }: { decimals: number; isBest: boolean },
): (TableCell | null)[] {
  return [
    meanCell(validation, decimals, isBest),
    test === null ? { values: [null, null], printed: plain('closed') } : meanCell(test, decimals, isBest),
    ...differenceCells(behind, decimals),
  ]
}
