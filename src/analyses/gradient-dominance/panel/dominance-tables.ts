import { cosineText } from '../figure/data.ts'
import { blocksHeatMap, type DominanceBlocksData } from '../figure/blocks.ts'
import type { ShownTable } from '../../../renderer/components/domain/shown-table.ts'

const printed = (value: number | null) => (value === null ? null : cosineText(value))

/** A line for each exit, a column for each block and one for the whole backbone. */
export function blockDominanceTable(data: DominanceBlocksData): ShownTable {
  const { rows, values } = blocksHeatMap(data)
  const blocks = values[0]!.slice(1).map((_, block) => `Block ${block}`)
  return {
    columns: [{ title: 'Exit' }, ...[...blocks, 'All'].map((title) => ({ title, numeric: true }))],
    rows: rows.map((label, row) => [label, ...values[row]!.map(printed)]),
  }
}
