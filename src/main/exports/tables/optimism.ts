import type { MeanStd } from '../../../shared/evaluation.ts'
import type { OptimismData } from '../../../figures/optimism-data.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { fixed, rounded, type Table, type TableCell } from '../../../shared/table.ts'
import { blocksOf, budgetColumn, meanOver, ofCompared, regimeHead, seriesColumn } from '../../../shared/table-words.ts'

/** Points of test accuracy gained by choosing thresholds on the test set, of each experiment and regime at each budget. */
export function optimismTable({ budgets, rows }: OptimismData, rule: string): Table {
  const names = [...new Set(rows.map(({ experiment }) => experiment))]
  const column = seriesColumn(rows)
  const counts = rows.map(({ seedCount }) => seedCount)
  return {
    name: fileStem(names, 'optimism'),
    caption:
      `Optimism${ofCompared(rows)}: points of test accuracy that choosing the thresholds of the ${rule} rule on the test set ` +
      `itself adds to choosing them on validation images, within inference budgets in % of the backbone’s cost; ${meanOver(counts)}.`,
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...column.key, { name: 'rule', longOnly: true }, { name: 'n' }],
    heads: [{ title: 'Regime', align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: budgets.map(budgetColumn),
    blocks: blocksOf(rows, (members) =>
      members.map(({ experiment, regime, series, seedCount, gaps }) => ({
        keys: [experiment, regime, ...column.of({ series }), rule, seedCount],
        heads: [regimeHead(series, seedCount, counts)],
        cells: gaps.map((gap) => gap && gapCell(gap)),
      })),
    ),
  }
}

function gapCell({ mean, std }: MeanStd): TableCell {
  return {
    values: [rounded(mean, 4), rounded(std, 4)],
    printed: { text: fixed(mean, 2), spread: std === null ? null : std.toFixed(2), bold: false },
  }
}
