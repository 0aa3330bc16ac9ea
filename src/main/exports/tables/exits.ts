import type { MeanStd } from '../../../shared/evaluation.ts'
import type { ExitRow, ExitTables } from '../../../shared/exit-table.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { rounded, type Table, type TableCell, type TableRow } from '../../../shared/table.ts'
import { capitalised, meanOver, ofCompared, seriesColumn } from '../../../shared/table-words.ts'

type RegimeExits = ExitTables[number]

/** Cost, accuracy alone and overthinking of each exit on the test set, a block for each regime of each experiment. */
export function exitsTable(tables: ExitTables): Table {
  const names = [...new Set(tables.map(({ experiment }) => experiment))]
  const counts = tables.map(({ seeds }) => seeds.length)
  const title = ({ experiment, series }: RegimeExits) => (names.length > 1 ? `${series}, ${experiment}` : series)
  const column = seriesColumn(tables)
  return {
    name: fileStem(names, 'exits'),
    caption:
      `Each exit${ofCompared(tables)} on test images: cost in % of the backbone’s, heads before it included; accuracy (%) where every ` +
      `image leaves there; overthinking, the share (%) of images that an earlier exit gets right and this one wrong; ${meanOver(counts)}.`,
    keys: [
      ...['experiment', 'regime'].map((name) => ({ name })),
      ...column.key,
      { name: 'seeds', longOnly: true },
      ...['n', 'exit', 'block', 'macs', 'fraction'].map((name) => ({ name })),
    ],
    heads: [
      { title: 'Exit', align: 'left' },
      { title: 'After block', align: 'right' },
      { title: 'Cost (%)', align: 'right' },
    ],
    dimensions: ['quantity'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: ['accuracy', 'overthinking'].map((quantity) => ({
      ids: [quantity],
      name: `${quantity} (%)`,
      title: `${capitalised(quantity)} (%)`,
      kind: 'number',
    })),
    blocks: tables.map((table) => ({
      title: tables.length > 1 ? title(table) : null,
      rows: table.exits.map((exit) => rowOf(table, exit, column.of(table))),
    })),
  }
}

function rowOf({ experiment, regime, seeds }: RegimeExits, row: ExitRow, series: string[]): TableRow {
  const { exit, block, macs, fraction, accuracy, overthinking } = row
  return {
    keys: [experiment, regime, ...series, seeds.join(' '), seeds.length, exit, block, macs, rounded(fraction, 6)],
    heads: [block === null ? 'final' : String(exit), block === null ? '–' : String(block), (100 * fraction).toFixed(1)],
    cells: [shareCell(accuracy), shareCell(overthinking)],
  }
}

function shareCell({ mean, std }: MeanStd): TableCell {
  return {
    values: [rounded(mean, 4), rounded(std, 4)],
    printed: { text: mean.toFixed(2), spread: std === null ? null : std.toFixed(2), bold: false },
  }
}
