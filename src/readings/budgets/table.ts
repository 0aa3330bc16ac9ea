import type { z } from 'zod'
import { costName, unitOf } from '../../shared/evaluation/cost-kind.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { bestText, type Table, type TableRow } from '../../shared/tables/table.ts'
import { blocksOf, budgetColumn, regimeHead, seriesColumn, seriesTitle } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { seriesMark } from '../series-mark.ts'
import type { BudgetRow, BudgetsAnswer, budgetsQuestion } from './schema.ts'
import { seedCells, tableCell } from './table/cells.ts'
import { captionOf, legendOf, notesOf } from './table/words.ts'

type View = Pick<z.output<typeof budgetsQuestion>, 'eachSeed' | 'unit'>

/**
 * The task's primary metric in its unit (mean and unbiased standard deviation over seeds) of each experiment and regime at each budget, with
 * the mean cost in multiply-adds a sample and as a fraction of the backbone's; the best of an experiment and budget bold, among
 * those that were measured on the same samples. Where they are asked for, marks of significance, published values and single seeds.
 */
export function table(answer: BudgetsAnswer, { eachSeed, unit }: View): Table {
  const { rows, budgets } = answer
  const metric = primaryMetric(answer)
  const counts = rows.map(({ seeds }) => seeds.length)
  const columns = keyColumns(answer, eachSeed)
  return {
    name: comparisonStem(rows, 'budgets'),
    caption: captionOf(answer, { counts, unit: unitOf(answer, unit) }),
    emphasis: 'best of each budget',
    legend: legendOf(answer),
    ...(answer.published && { below: 'published' }),
    notes: notesOf(answer),
    keys: columns.keys,
    heads: [{ title: seriesTitle(rows), align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
      { name: costName(answer), suffix: null },
      { name: 'fraction', suffix: null },
      ...(answer.published
        ? [
            { name: 'published', suffix: ' published' },
            { name: 'published_std', suffix: ' published std' },
          ]
        : []),
    ],
    columns: budgets.map(budgetColumn),
    blocks: blocksOf(rows, (members) => {
      const bests = budgets.map((_, b) =>
        bestText(
          metric,
          members.flatMap(({ cells }) => cells[b]?.mean ?? []),
        ),
      )
      return members.map((row): TableRow => {
        const cells = row.cells.map((cell, b) => tableCell(answer, row, { b, cell, best: bests[b]!, metric, unit }))
        return {
          keys: columns.of(row, row.seeds),
          heads: [regimeHead(row.series, row.seeds.length, counts)],
          series: seriesMark(row),
          cells,
          ...(eachSeed && row.seeds.length > 1 && { parts: seedRows(answer, row, columns.of) }),
        }
      })
    }),
  }
}

/** The columns of files that identify a row; of single seeds also in the wide form, where they tell rows apart. */
function keyColumns({ rows, protocol, rule }: BudgetsAnswer, eachSeed: boolean) {
  const series = seriesColumn(rows)
  const hasImports = rows.some(({ imported }) => imported)
  return {
    keys: [
      { name: 'experiment' },
      { name: 'regime' },
      ...series.key,
      ...(hasImports ? [{ name: 'imported' }] : []),
      { name: 'protocol', longOnly: true },
      { name: 'rule', longOnly: true },
      { name: 'seeds', longOnly: !eachSeed },
      { name: 'n' },
    ],
    of: (row: BudgetRow, seeds: readonly number[]) => [
      ...[row.experiment, row.regime, ...series.of(row)],
      ...(hasImports ? [row.imported?.format ?? null] : []),
      ...(row.imported ? [row.imported.reading === 'curve' ? 'paper' : null, null] : [protocol, rule]),
      ...[seeds.join(' '), seeds.length],
    ],
  }
}

function seedRows(answer: BudgetsAnswer, row: BudgetRow, keysOf: ReturnType<typeof keyColumns>['of']) {
  return row.seeds.map((seed, s) => ({
    keys: keysOf(row, [seed]),
    heads: [`seed ${seed}`],
    cells: seedCells(answer, row, s),
  }))
}
