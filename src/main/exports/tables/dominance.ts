import type { Dominance } from '../../../shared/analyses/gradient-dominance.ts'
import { exitLabel } from '../../../shared/figures/exit-curves-data.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { fileStem } from '../file-name.ts'
import { numberCell, type ExportTable, type TableCell, type TableColumn } from '../table.ts'

export interface RunDominance {
  /** The run's name. */
  run: string
  /** Exits of its network, the final classifier included. */
  exitCount: number
  /** Those that were measured, in the order in which they are trained; `epoch`: at whose end or in the course of which it was measured. */
  phases: { name: string; rows: (Dominance & { epoch: number; batches: number })[] }[]
}

/** Cosines of every exit's gradient with the total one, of the whole backbone and of each block; those of the backbone are printed. */
export function dominanceTable({ run, exitCount, phases }: RunDominance): ExportTable {
  const exits = Array.from({ length: exitCount }, (_, exit) => exit)
  const blocks = phases[0]!.rows[0]!.blocks[0]!.map((_, block) => block)
  const series = [null, ...blocks].flatMap((block) => exits.map((exit) => cosineSeries(exit, block, exitCount)))
  return {
    name: fileStem([run], 'dominance'),
    caption: `Gradient dominance of ${plainText(run, 120)}: cosine of the gradient of each exit with the total one, over the backbone.`,
    keys: [{ name: 'phase' }, { name: 'epoch' }, { name: 'batches' }],
    heads: [{ title: 'Epoch', align: 'right' }],
    dimensions: ['exit', 'block'],
    measures: [{ name: 'cosine', suffix: '' }],
    columns: series.map(({ column }) => column),
    blocks: phases.map(({ name, rows }) => ({
      title: phases.length > 1 ? name : null,
      rows: rows.map((row) => ({
        keys: [name, row.epoch, row.batches],
        heads: [String(row.epoch)],
        cells: series.map(({ cell }) => cell(row)),
      })),
    })),
  }
}

interface CosineSeries {
  column: TableColumn
  cell: (row: Dominance) => TableCell | null
}

/** `block` null: the whole backbone. */
function cosineSeries(exit: number, block: number | null, exitCount: number): CosineSeries {
  const label = exitLabel(exit, exitCount)
  return {
    column: {
      ids: [exit, block],
      name: block === null ? label : `${label}, block ${block}`,
      title: block === null ? label.replace(/^./, (c) => c.toUpperCase()) : null,
      kind: 'number',
    },
    cell: ({ exits, blocks }) => numberCell(block === null ? exits[exit] : blocks[exit]![block], 3),
  }
}
