import { fileStem } from '../../shared/text/file-name.ts'
import { meanCell, type Table, type TableCell } from '../../shared/tables/table.ts'
import { capitalised, ofSubject, readingSentences } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { SettingsHeatmapAnswer } from './schema.ts'
import { heatmapTitle, meanOf } from './words.ts'

/** A row for each value of one setting, a column for each of the other. */
export function table(answer: SettingsHeatmapAnswer): Table {
  const { rows, columns, cells, best, experiment } = answer
  const { decimals } = primaryMetric(answer)
  return {
    name: fileStem([experiment], 'settings-heatmap'),
    caption: `${heatmapTitle(answer)}${ofSubject([experiment])}: ${meanOf(answer)} ± standard deviation. ${readingSentences(answer)}`,
    emphasis: 'best',
    keys: [{ name: rows.path }],
    heads: [{ title: capitalised(rows.name), align: 'left' }],
    dimensions: [columns.path],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
      { name: 'series', suffix: null },
    ],
    columns: columns.levels.map((level) => ({ ids: [level], name: level, title: level, kind: 'number' })),
    blocks: [
      {
        title: null,
        rows: rows.levels.map((level, row) => ({
          keys: [level],
          heads: [level],
          cells: cells[row]!.map(
            (cell, column) => cell && cellOf(cell, decimals, row === best[0] && column === best[1]),
          ),
        })),
      },
    ],
  }
}

type Cell = NonNullable<SettingsHeatmapAnswer['cells'][number][number]>

function cellOf(cell: Cell, decimals: number, isBest: boolean): TableCell {
  const { values, printed } = meanCell(cell, decimals, isBest)
  return { values: [...values, cell.seriesCount], printed }
}
