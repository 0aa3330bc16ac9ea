import { backboneCostWords } from '../../shared/evaluation/cost-kind.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { gainOf } from '../../shared/methods/metric.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { meanCell, type Table } from '../../shared/tables/table.ts'
import {
  blocksOf,
  budgetColumn,
  meanOver,
  ofCompared,
  regimeHead,
  seriesColumn,
  seriesTitle,
} from '../../shared/tables/table-words.ts'
import { seriesMark } from '../series-mark.ts'
import type { OptimismAnswer } from './schema.ts'

/** What the task's primary metric on test samples gains by choosing thresholds on the test set, of each experiment and regime at each budget. */
export function table(answer: OptimismAnswer): Table {
  const { budgets, rows, task, rule } = answer
  const metric = primaryMetric({ task })
  const column = seriesColumn(rows)
  const counts = rows.map(({ seedCount }) => seedCount)
  return {
    name: comparisonStem(rows, 'optimism'),
    caption:
      `Optimism${ofCompared(rows)}: ${gainOf(metric)} gained by choosing the thresholds of the ${ruleInWords(rule)} on the test set ` +
      `instead of on validation samples, within inference budgets in % of ${backboneCostWords(answer)}; ${meanOver(counts)}.`,
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...column.key, { name: 'rule', longOnly: true }, { name: 'n' }],
    heads: [{ title: seriesTitle(rows), align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: budgets.map((budget) => ({ ...budgetColumn(budget), signed: true })),
    blocks: blocksOf(rows, (members) =>
      members.map(({ seedCount, gaps, ...row }) => ({
        keys: [row.experiment, row.regime, ...column.of(row), rule, seedCount],
        heads: [regimeHead(row.series, seedCount, counts)],
        series: seriesMark(row),
        cells: gaps.map((gap) => gap && meanCell(gap, metric.decimals)),
      })),
    ),
  }
}
