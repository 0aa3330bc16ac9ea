import { exitCount } from '../../../shared/network/network.ts'
import type { AnalysisTables } from '../analysis.ts'
import type { GradientDominanceParameters, GradientDominanceResult } from './schema.ts'
import type { Dominance } from '../../../shared/evaluation/dominance.ts'
import { checkShapes } from './shapes.ts'
import { plainText } from '../../../shared/text/plain-text.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { numberCell, type Table, type TableCell, type TableColumn } from '../../../shared/tables/table.ts'
import { ofSubject, seriesColumn, seriesTitle } from '../../../shared/tables/table-words.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'

/** `spread`: standard deviation over the batches, by exit, of the whole backbone. */
type MeasuredDominance = Dominance & { spread?: readonly (number | null)[] }

/** A column of a table of gradient dominance, with its values. */
interface CosineSeries {
  column: TableColumn
  cell: (row: MeasuredDominance) => TableCell | null
}

/** Of every exit, first over the whole backbone, then block by block. */
function cosineSeries(exitCount: number, blockCount: number): CosineSeries[] {
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

export const tables: AnalysisTables<GradientDominanceParameters, GradientDominanceResult> = {
  dominance(found, options, form) {
    if (found.answers.length > 1) return tables['dominance-runs']!(found, options, form)
    const { runs, result } = found.answers[0]!
    const { name, network, phase, keptEpoch } = runs[0]!
    const rows = [{ ...result, epoch: keptEpoch! }]
    return dominanceTable({ run: name, exitCount: exitCount(network), phases: [{ name: phase, rows }] })
  },

  'dominance-runs'(found) {
    const runs = found.answers.map(({ runs: [run], result }) => ({
      run: run!.name,
      regime: run!.regime,
      series: run!.series,
      seed: run!.seed,
      batches: result.batches,
      dominance: result,
    }))
    return dominanceRunsTable({ subjects: found.subjects, exitCount: checkShapes(found).exits, runs })
  },
}

interface RunDominance {
  /** The run's name. */
  run: string
  /** Exits of its network, the final classifier included. */
  exitCount: number
  /** Measured phases in the order of training; `epoch`: the epoch of the measurement. */
  phases: {
    name: string
    /** In words; null for the mean of the losses; undefined where that is not known. */
    objective?: string | null
    rows: (MeasuredDominance & { epoch: number; batches: number })[]
  }[]
}

/** Cosine of every exit's gradient with the total gradient, for the whole backbone and each block; those of the backbone are printed. */
export function dominanceTable({ run, exitCount, phases }: RunDominance): Table {
  const series = cosineSeries(exitCount, phases[0]!.rows[0]!.blocks[0]!.length)
  const saysObjective = phases.some(({ objective }) => objective !== undefined)
  return {
    name: fileStem([run], 'dominance'),
    caption: `Gradient dominance of ${plainText(run, 120)}: cosine of the gradient of each exit with the total one, over the backbone${ofObjectives(phases)}.`,
    keys: [
      ...[{ name: 'phase' }, { name: 'epoch' }, { name: 'batches' }],
      { name: 'run', longOnly: true },
      ...(saysObjective ? [{ name: 'objective', longOnly: true }] : []),
    ],
    heads: [{ title: 'Epoch', align: 'right' }],
    dimensions: ['exit', 'block'],
    measures: [{ name: 'cosine', suffix: '' }],
    columns: series.map(({ column }) => column),
    blocks: phases.map(({ name, objective, rows }) => ({
      title: phases.length > 1 ? name : null,
      rows: rows.map((row) => ({
        keys: [name, row.epoch, row.batches, run, ...(saysObjective ? [objective ?? 'weighting uniform'] : [])],
        heads: [String(row.epoch)],
        cells: series.map(({ cell }) => cell(row)),
      })),
    })),
  }
}

/** `, under weighting sdn (rampEpochs 100)`. A phase under the mean of the losses says nothing of it. */
function ofObjectives(phases: RunDominance['phases']): string {
  const objectives = [...new Set(phases.flatMap(({ objective }) => objective ?? []))]
  return objectives.length === 0 ? '' : `, under ${objectives.join('; ')}`
}

interface DominanceOfRun {
  run: string
  regime: string
  /** Name of its series; the regime where nothing is swept. */
  series: string
  seed: number
  batches: number
  dominance: MeasuredDominance
}

/** Subject of a table of several runs. */
interface DominanceRuns {
  /** Names of their experiments. */
  subjects: readonly string[]
  /** Exits of their networks, the final classifier included. */
  exitCount: number
  runs: readonly DominanceOfRun[]
}

/** Cosines at the best checkpoints of several runs, a row for each run: for the whole backbone and each block; those of the backbone are printed. */
export function dominanceRunsTable({ subjects, exitCount, runs }: DominanceRuns): Table {
  const column = seriesColumn(runs)
  const series = cosineSeries(exitCount, runs[0]!.dominance.blocks[0]!.length)
  return {
    name: fileStem(subjects, 'dominance'),
    caption: `Gradient dominance${ofSubject(subjects)}: cosine of the gradient of each exit with the total gradient, over the backbone, at the best checkpoint.`,
    keys: [{ name: 'run' }, { name: 'regime' }, ...column.key, { name: 'seed' }, { name: 'batches' }],
    heads: [
      { title: seriesTitle(runs), align: 'left' },
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
