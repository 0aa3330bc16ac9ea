import { cosineText, measuredExits } from '../figure/data.ts'
import type { DominanceBlocksData } from '../figure/blocks.ts'
import { blocksHeatMap } from '../figure/blocks.ts'
import type { DominanceData } from '../figure/data.ts'

interface FigureTable {
  columns: { title: string; numeric?: boolean }[]
  rows: (string | null)[][]
}

const printed = (value: number | null) => (value === null ? null : cosineText(value))

/** A line for each epoch, a column for each exit. */
export function epochDominanceTable(data: DominanceData): FigureTable {
  const exits = measuredExits(data)
  return {
    columns: ['Epoch', ...exits.map(({ label }) => label)].map((title) => ({ title, numeric: true })),
    rows: data.epochs.map((each) => [String(each.epoch), ...exits.map(({ exit }) => printed(each.exits[exit]!))]),
  }
}

/** A line for each exit, a column for each block and one for the whole backbone. */
export function blockDominanceTable(data: DominanceBlocksData): FigureTable {
  const { rows, values } = blocksHeatMap(data)
  const blocks = values[0]!.slice(1).map((_, block) => `Block ${block}`)
  return {
    columns: [{ title: 'Exit' }, ...[...blocks, 'All'].map((title) => ({ title, numeric: true }))],
    rows: rows.map((label, row) => [label, ...values[row]!.map(printed)]),
  }
}
