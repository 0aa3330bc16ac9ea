import { costFraction, type BudgetCell, type Comparison } from '../../../shared/evaluation.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { rounded, type Table, type TableCell } from '../../../shared/table.ts'
import {
  blocksOf,
  budgetColumn,
  meanOver,
  measuredMetric,
  ofCompared,
  readingSentence,
  regimeHead,
  seriesColumn,
  seriesTitle,
} from '../../../shared/table-words.ts'
import { importedSentence } from '../../../shared/imported.ts'
import { best, withUnit, type Metric } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { macs as macsText } from '../../../shared/format/numbers.ts'
import { backboneCostWords, costName } from '../../../shared/latency.ts'
import { unitOf } from '../../../shared/cost-axis.ts'

/**
 * The task's primary metric in its unit (mean and unbiased standard deviation over seeds) of each experiment and regime at each budget, with
 * the mean cost in multiply-adds a sample and as a fraction of the backbone's; the best of an experiment and budget bold, among
 * those that were measured on the same samples.
 */
export function budgetTable(comparison: Comparison): Table {
  const { rows, budgets, protocol, rule } = comparison
  const metric = primaryMetric(comparison)
  const series = seriesColumn(rows)
  // Milliseconds have digits that count.
  const digits = comparison.latency === undefined ? 0 : 6
  const counts = rows.map(({ seeds }) => seeds.length)
  const hasImports = rows.some(({ imported }) => imported)
  return {
    name: fileStem(
      rows.map(({ experiment }) => experiment),
      'budgets',
    ),
    caption: captionOf(comparison, counts),
    emphasis: 'best of each budget',
    notes: rows.some(({ cells }) => cells.includes(null)) ? ['–: even the cheapest threshold exceeds the budget.'] : [],
    keys: [
      { name: 'experiment' },
      { name: 'regime' },
      ...series.key,
      ...(hasImports ? [{ name: 'imported' }] : []),
      { name: 'protocol', longOnly: true },
      { name: 'rule', longOnly: true },
      { name: 'seeds', longOnly: true },
      { name: 'n' },
    ],
    heads: [{ title: seriesTitle(rows), align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
      { name: costName(comparison), suffix: null },
      { name: 'fraction', suffix: null },
    ],
    columns: budgets.map(budgetColumn),
    blocks: blocksOf(rows, (members) => {
      const best = budgets.map((_, b) =>
        bestMean(
          members.map(({ cells }) => cells[b] ?? null),
          metric,
        ),
      )
      return members.map((row) => ({
        keys: [
          ...[row.experiment, row.regime, ...series.of(row)],
          ...(hasImports ? [row.imported?.format ?? null] : []),
          ...(row.imported ? [row.imported.reading === 'curve' ? 'paper' : null, null] : [protocol, rule]),
          ...[row.seeds.join(' '), row.seeds.length],
        ],
        heads: [regimeHead(row.series, row.seeds.length, counts)],
        cells: row.cells.map((cell, b) => cell && tableCell(cell, row, { best: best[b] ?? null, metric, digits })),
      }))
    }),
  }
}

function tableCell(
  cell: BudgetCell,
  row: Comparison['rows'][number],
  { best, metric: { decimals }, digits }: { best: string | null; metric: Metric; digits: number },
): TableCell {
  const { mean, std, cost } = cell
  const text = mean.toFixed(decimals)
  return {
    values: [
      rounded(mean, decimals + 2),
      rounded(std, decimals + 2),
      rounded(cost, digits),
      rounded(costFraction(cell, row), 6),
    ],
    printed: { text, spread: std === null ? null : std.toFixed(decimals), bold: text === best },
  }
}

/** The best mean as printed; null where fewer than two regimes have one. */
function bestMean(cells: readonly (BudgetCell | null)[], metric: Metric): string | null {
  const means = cells.flatMap((cell) => (cell ? [cell.mean] : []))
  return means.length < 2 ? null : best(metric, means).toFixed(metric.decimals)
}

function captionOf(comparison: Comparison, counts: readonly number[]): string {
  const { rows, rule } = comparison
  const metric = primaryMetric(comparison)
  const names = [...new Set(rows.map(({ experiment }) => experiment))]
  const costs = new Set(rows.flatMap(({ backboneCost }) => backboneCost ?? []))
  const hundred =
    names.length === 1 && costs.size === 1
      ? ` (100\u00a0% = ${macsText([...costs][0]!, unitOf(comparison)).replace(' ', '\u00a0')})`
      : ''
  return (
    `${withUnit(measuredMetric(rows, metric), metric)}${ofCompared(rows)} within inference budgets in % of ${backboneCostWords(comparison)}${hundred}: ` +
    [
      `${meanOver(counts)}.`,
      rule === null ? '' : `${readingSentence({ ...comparison, rule })}.`,
      importedSentence(rows),
    ]
      .filter((sentence) => sentence !== '')
      .join(' ')
  )
}
