import { cosineText } from '../../../readings/analyses/gradient-dominance/figure/data.ts'
import {
  blocksHeatMap,
  dominanceBlocksSentence,
  type DominanceBlocksData,
} from '../../../readings/analyses/gradient-dominance/figure/blocks.ts'
import { shownTable } from '../../../shared/tables/text-table.ts'
import type { Table } from '../../../shared/tables/table.ts'

const printed = (value: number | null) => (value === null ? null : cosineText(value))

/** A line for each exit, a column for each block and one for the whole backbone. */
export function blockDominanceTable(data: DominanceBlocksData): Table {
  const { rows, values } = blocksHeatMap(data)
  const blocks = values[0]!.slice(1).map((_, block) => `Block ${block}`)
  return shownTable({
    caption: dominanceBlocksSentence(data),
    columns: [{ title: 'Exit' }, ...[...blocks, 'All'].map((title) => ({ title, numeric: true }))],
    rows: rows.map((label, row) => [label, ...values[row]!.map(printed)]),
  })
}
