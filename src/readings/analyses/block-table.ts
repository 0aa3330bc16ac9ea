import { exitsAt, type BlockLinesData } from '../../figures/block-lines-data.ts'
import { byRegime } from '../../shared/methods/regime-names.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import type { MeanStd } from '../../shared/evaluation/evaluation.ts'
import { exactMeanCell, type Table, type TableCell, type TableRow } from '../../shared/tables/table.ts'
import { meanOver, ofSubject } from '../../shared/tables/table-words.ts'

interface BlockQuantity {
  /** In a CSV, with its unit. */
  name: string
  data: BlockLinesData
  /** How it was counted or estimated, as parts of a sentence; empty where that stands elsewhere. */
  reading: readonly string[]
}

/** Quantities by block: a group of rows for each quantity, a column for each series. */
export function representationTable(subjects: readonly string[], quantities: readonly BlockQuantity[]): Table {
  const lines = quantities.flatMap(({ data }) => data.lines)
  const ordered = byRegime(lines)
  const names = [...new Set(ordered.map(({ series }) => series))]
  const readings = [...Map.groupBy(quantities, ({ reading }) => reading.join(', '))].filter(
    ([reading]) => reading !== '',
  )
  const explained = readings.map(([reading, alike]) => ` ${alike.map(({ name }) => name).join(' and ')}: ${reading}.`)
  return {
    name: fileStem(subjects, 'representations'),
    caption:
      `Features at the output of each block${ofSubject(subjects)}; ${meanOver(lines.map(({ seeds }) => seeds.length))}.` +
      explained.join(''),
    keys: [{ name: 'quantity' }, { name: 'block' }, { name: 'exit' }],
    heads: [
      { title: 'Block', align: 'right' },
      { title: 'Exit', align: 'right' },
    ],
    dimensions: ['regime'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
      { name: 'n', suffix: null },
      { name: 'seeds', suffix: null },
    ],
    columns: names.map((name) => ({ ids: [name], name, title: name, kind: 'number' })),
    blocks: quantities.map((quantity) => ({
      title: quantity.name,
      rows: Array.from({ length: quantity.data.blockCount }, (_, block) => rowOf(quantity, block, names)),
    })),
  }
}

function rowOf({ name, data }: BlockQuantity, block: number, names: readonly string[]): TableRow {
  const exits = exitsAt(data, block)
  return {
    keys: [name, block, exits.length > 0 ? exits.join(' ') : null],
    heads: [String(block), exits.length > 0 ? exits.join(', ') : '–'],
    cells: names.map((series) => {
      const line = data.lines.find((each) => each.series === series)
      const point = line?.points.find((each) => each.block === block)
      return line && point ? seedsCell(point, data.decimals, line.seeds) : null
    }),
  }
}

/** A mean over seeds, with their number and which they are. */
export function seedsCell(of: MeanStd, decimals: number, seeds: readonly number[]): TableCell {
  return exactMeanCell(of, decimals, [seeds.length, seeds.join(' ')])
}
