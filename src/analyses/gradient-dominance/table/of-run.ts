import { plainText } from '../../../shared/plain-text.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { Table } from '../../../shared/table.ts'
import { cosineSeries } from './cosine-series.ts'
import type { MeasuredDominance } from './cosine-series.ts'

export interface RunDominance {
  /** The run's name. */
  run: string
  /** Exits of its network, the final classifier included. */
  exitCount: number
  /** Those that were measured, in the order in which they are trained; `epoch`: at whose end or in the course of which it was measured. */
  phases: { name: string; rows: (MeasuredDominance & { epoch: number; batches: number })[] }[]
}

/** Cosines of every exit's gradient with the total one, of the whole backbone and of each block; those of the backbone are printed. */
export function dominanceTable({ run, exitCount, phases }: RunDominance): Table {
  const series = cosineSeries(exitCount, phases[0]!.rows[0]!.blocks[0]!.length)
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
