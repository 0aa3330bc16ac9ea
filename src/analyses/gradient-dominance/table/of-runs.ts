import { fileStem } from '../../../shared/file-name.ts'
import type { Table } from '../../../shared/table.ts'
import { cosineSeries } from './cosine-series.ts'
import type { MeasuredDominance } from './cosine-series.ts'
import { ofSubject, seriesColumn } from '../../../shared/table-words.ts'

export interface DominanceOfRun {
  run: string
  regime: string
  /** Name of its series; the regime where nothing is swept. */
  series: string
  seed: number
  batches: number
  dominance: MeasuredDominance
}

/** What a table of several runs is of. */
export interface DominanceRuns {
  /** Names of their experiments. */
  subjects: readonly string[]
  /** Exits of their networks, the final classifier included. */
  exitCount: number
  runs: readonly DominanceOfRun[]
}

/** Cosines at the kept weights of several runs, a row a run: of the whole backbone and of each block; those of the backbone are printed. */
export function dominanceRunsTable({ subjects, exitCount, runs }: DominanceRuns): Table {
  const column = seriesColumn(runs)
  const series = cosineSeries(exitCount, runs[0]!.dominance.blocks[0]!.length)
  return {
    name: fileStem(subjects, 'dominance'),
    caption: `Gradient dominance${ofSubject(subjects)}: cosine of the gradient of each exit with the total one, over the backbone, at the kept weights.`,
    keys: [{ name: 'run' }, { name: 'regime' }, ...column.key, { name: 'seed' }, { name: 'batches' }],
    heads: [
      { title: 'Regime', align: 'left' },
      { title: 'Seed', align: 'right' },
    ],
    dimensions: ['exit', 'block'],
    measures: [{ name: 'cosine', suffix: '' }],
    columns: series.map(({ column }) => column),
    blocks: [
      {
        title: null,
        rows: runs.map(({ run, regime, series: name, seed, batches, dominance }) => ({
          keys: [run, regime, ...column.of({ series: name }), seed, batches],
          heads: [name, String(seed)],
          cells: series.map(({ cell }) => cell(dominance)),
        })),
      },
    ],
  }
}
