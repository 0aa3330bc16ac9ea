import type { MeanStd } from '../../shared/evaluation/evaluation.ts'
import type { Reliability } from '../../shared/statistics/calibration.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { readOnSentences } from '../../shared/evaluation/read-on.ts'
import { endOfRangeLegend, endOfRangeMark } from '../../shared/evaluation/temperature-range.ts'
import {
  meanCell,
  numberCell,
  rounded,
  type Table,
  type TableCell,
  type TableColumn,
} from '../../shared/tables/table.ts'
import { meanOver, ofCompared, seriesColumn } from '../../shared/tables/table-words.ts'
import type { CalibrationAnswer, SeriesCalibration } from './schema.ts'

type Part = SeriesCalibration

/** Calibration of the exits of each series as trained and at their temperatures: one line an exit and split; in the long form each bin too. */
export function table({ series: parts, ...answer }: CalibrationAnswer): Table {
  const experiments = [...new Set(parts.map(({ experiment }) => experiment))]
  const names = [...new Set(parts.map(({ experiment, series }) => `${experiment} ${series}`))]
  const splits = [...new Set(parts.map(({ split }) => split))]
  const column = seriesColumn(parts)
  const { bins } = parts[0]!.exits[0]!
  return {
    name: fileStem(names.length === 1 ? names : experiments, 'calibration'),
    caption:
      `Calibration of the exits${ofCompared(parts)} on ${splits.join(' and ')} samples: accuracy and mean confidence (%), expected ` +
      `calibration error (ECE, points, ${bins.length} bins of equal width), as trained and with logits divided by a temperature T, ` +
      `fitted on validation samples for each exit; ${meanOver(parts.map(({ runs }) => runs.length))}.`,
    legend: [...readOnSentences(answer), ...(parts.some(hasEndOfRange) ? [endOfRangeLegend] : [])],
    keys: [
      ...['experiment', 'regime'].map((name) => ({ name })),
      ...column.key,
      ...['split', 'n', 'exit'].map((name) => ({ name })),
    ],
    heads: [
      { title: 'Exit', align: 'left' },
      { title: 'Samples', align: 'left' },
    ],
    dimensions: ['quantity', 'bin'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [...quantities.map(({ column }) => column), ...binColumns('', bins), ...binColumns('scaled ', bins)],
    blocks: [...Map.groupBy(parts, ({ experiment, series }) => `${series}, ${experiment}`)].map(([title, members]) => ({
      title: names.length > 1 ? title : null,
      rows: members[0]!.exits.flatMap((_, exit) => members.map((part) => rowOf(part, exit, column.of(part)))),
    })),
  }
}

type Exit = Part['exits'][number]

const hasEndOfRange = ({ exits }: Part) => exits.some(({ atEndOfRange }) => atEndOfRange > 0)

const quantity = (id: string, unit: string, title: string, of: (exit: Exit) => MeanStd) => {
  const column: TableColumn = { ids: [id, null], name: unit === '' ? id : `${id} (${unit})`, title, kind: 'number' }
  return { column, of }
}

const quantities = [
  quantity('accuracy', '%', 'Accuracy', ({ accuracy }) => accuracy),
  quantity('confidence', '%', 'Confidence', ({ confidence }) => confidence),
  quantity('calibration error', 'points', 'ECE', ({ error }) => error),
  quantity('temperature', '', 'T', ({ temperature }) => temperature),
  quantity('scaled confidence', '%', 'Confidence at T', ({ scaled }) => scaled.confidence),
  quantity('scaled calibration error', 'points', 'ECE at T', ({ scaled }) => scaled.error),
]

const temperatureColumn = quantities.find(({ column }) => column.ids[0] === 'temperature')!.column

function binColumns(prefix: string, bins: Reliability['bins']): TableColumn[] {
  return bins.flatMap(({ low, high }) =>
    (['share', 'confidence', 'accuracy'] as const).map((each) => ({
      ids: [`${prefix}${each}`, `${rounded(low, 4)}–${rounded(high, 4)}`],
      name: `${prefix}${each} of bin ${rounded(low, 4)}–${rounded(high, 4)} (%)`,
      title: null,
      kind: 'number',
    })),
  )
}

function rowOf({ experiment, regime, split, runs, exits }: Part, index: number, series: string[]) {
  const exit = exits[index]!
  return {
    keys: [experiment, regime, ...series, split, runs.length, exit.exit],
    heads: [exit.block === null ? 'final' : String(exit.exit), split],
    cells: [
      ...quantities.map((each) => cellOf(each, exit)),
      ...[exit.bins, exit.scaled.bins].flat().flatMap((bin) => [bin.share, bin.confidence, bin.accuracy].map(binCell)),
    ],
  }
}

function cellOf({ of, column }: (typeof quantities)[number], exit: Exit): TableCell {
  const cell = meanCell(of(exit), 2)
  const isMarked = column === temperatureColumn && exit.atEndOfRange > 0
  return isMarked ? { ...cell, printed: { ...cell.printed, mark: endOfRangeMark } } : cell
}

function binCell(share: number | null): TableCell | null {
  const cell = numberCell(share === null ? null : 100 * share, 2)
  return cell && { ...cell, values: [...cell.values, null] }
}
