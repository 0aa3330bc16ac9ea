import type { Dominance } from '../schema.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'
import { numberCell, type TableCell, type TableColumn } from '../../../shared/table.ts'

/** `spread`: standard deviation over the batches, by exit, of the whole backbone. */
export type MeasuredDominance = Dominance & { spread?: readonly (number | null)[] }

/** A column of a table of gradient dominance, and what stands in it. */
export interface CosineSeries {
  column: TableColumn
  cell: (row: MeasuredDominance) => TableCell | null
}

/** Of every exit, first over the whole backbone, then block by block. */
export function cosineSeries(exitCount: number, blockCount: number): CosineSeries[] {
  const exits = Array.from({ length: exitCount }, (_, exit) => exit)
  const blocks = Array.from({ length: blockCount }, (_, block) => block)
  return [null, ...blocks].flatMap((block) => exits.map((exit) => seriesOf(exit, block, exitCount)))
}

/** `block` null: the whole backbone. */
function seriesOf(exit: number, block: number | null, exitCount: number): CosineSeries {
  const label = exitLabel(exit, exitCount)
  return {
    column: {
      ids: [exit, block],
      name: block === null ? label : `${label}, block ${block}`,
      title: block === null ? label.replace(/^./, (c) => c.toUpperCase()) : null,
      kind: 'number',
    },
    cell({ exits, blocks, spread }) {
      const cell = numberCell(block === null ? exits[exit] : blocks[exit]![block], 3)
      const deviation = block === null ? spread?.[exit] : undefined
      return cell && { ...cell, printed: { ...cell.printed, spread: deviation?.toFixed(3) ?? null } }
    },
  }
}
