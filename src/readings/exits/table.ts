import type { z } from 'zod'
import { unitOf } from '../../shared/cost-axis.ts'
import { ExitlabError } from '../../shared/error.ts'
import type { MeanStd } from '../../shared/evaluation.ts'
import { fileStem } from '../../shared/file-name.ts'
import { importedSentence, measuredSamples } from '../../shared/imported.ts'
import { backboneCostWords, costName } from '../../shared/latency.ts'
import { best, withUnit, type Metric } from '../../shared/metric.ts'
import { fixed, rounded, type Table, type TableCell, type TableRow, type Value } from '../../shared/table.ts'
import {
  blocksOf,
  meanOver,
  ofCompared,
  onMeasuredSamples,
  seriesColumn,
  seriesTitle,
} from '../../shared/table-words.ts'
import { primaryMetric } from '../../shared/task.ts'
import { costText } from '../cost-text.ts'
import { seriesMark } from '../series-mark.ts'
import type { ExitRow, ExitsAnswer, exitsQuestion, SeriesExits } from './schema.ts'

/** What a cell shows of an exit, and below it. */
interface Quantity {
  /** Of its column in files. */
  name: string
  metric: Pick<Metric, 'decimals' | 'higherIsBetter'>
  caption: string
  below: { label: string; name: string; suffix: string } | null
  of(exit: ExitRow): { value: MeanStd; below: MeanStd | null }
}

/** Exits side by side, a row for each series: networks whose exits cost differently have blocks of their own. */
export function table(answer: ExitsAnswer, { unit }: Pick<z.output<typeof exitsQuestion>, 'unit'>): Table {
  const names = [...new Set(answer.map(({ experiment }) => experiment))]
  const [first] = answer
  if (first === undefined) throw noExit()
  const quantity = first.exits[0]!.calibrationError ? calibration : metricOf(answer)
  const series = seriesColumn(answer)
  const hasImports = answer.some(({ imported }) => imported)
  const heads = Math.max(...answer.map(({ exits }) => exits.length)) - 1
  const unlike = new Set(answer.map(networkOf)).size > 1
  return {
    name: fileStem(names, quantity === calibration ? 'exit-calibration' : 'exits'),
    caption: [
      `Each exit${ofCompared(answer)} ${onMeasuredSamples(answer)}: ${quantity.caption}, and its cost in % of ` +
        `${backboneCostWords(first)}${unitOf(first, unit) === 'macs' ? ' and in multiply-adds' : ''}, heads before it included; ${meanOver(answer.map(({ seeds }) => seeds.length))}.`,
      importedSentence(answer),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    emphasis: 'best of each exit',
    ...(quantity.below && { below: quantity.below.label }),
    keys: [
      ...['experiment', 'regime'].map((name) => ({ name })),
      ...series.key,
      ...(hasImports ? [{ name: 'imported' }] : []),
      { name: 'seeds', longOnly: true },
      { name: 'n' },
    ],
    heads: [{ title: seriesTitle(answer), align: 'left' }],
    dimensions: ['exit'],
    measures: [
      { name: quantity.name, suffix: '' },
      { name: 'std', suffix: ' std' },
      ...(quantity.below
        ? [
            { name: quantity.below.name, suffix: ` ${quantity.below.suffix}` },
            { name: `${quantity.below.name}_std`, suffix: ` ${quantity.below.suffix} std` },
          ]
        : []),
      { name: 'block', suffix: null },
      { name: costName(first), suffix: null },
      { name: 'fraction', suffix: null },
    ],
    columns: Array.from({ length: heads + 1 }, (_, exit) => {
      const name = exit === heads ? 'final' : `exit ${exit}`
      return { ids: [exit === heads ? 'final' : exit], name, title: name, kind: 'number' }
    }),
    blocks: blocksOf(answer, networkBlocks).flatMap(({ title, rows: networks }) =>
      networks.map((members) => ({
        title: unlike ? (title ?? members[0]!.experiment) : title,
        under: aligned(members[0]!.exits, heads).map((exit) => exit && costText(exit, unitOf(members[0]!, unit))),
        rows: rowsOf(members, { quantity, heads, keysOf: (row) => keysOf(row, { series, hasImports }) }),
      })),
    ),
  }
}

const networkBlocks = (members: readonly SeriesExits[]) => [...Map.groupBy(members, networkOf).values()]

/** What tells networks of different cost, and samples, apart: series may differ in their network. */
function networkOf({ experiment, imported, exits }: SeriesExits): string {
  const costs = exits.map(({ cost, fraction }) => cost ?? `${fraction} of the backbone`)
  return [measuredSamples({ imported }), experiment, ...costs].join(' ')
}

function rowsOf(
  members: readonly SeriesExits[],
  { quantity, heads, keysOf }: { quantity: Quantity; heads: number; keysOf: (row: SeriesExits) => Value[] },
): TableRow[] {
  const { decimals } = quantity.metric
  const bests = members[0]!.exits.map((_, exit) => {
    const means = members.map(({ exits }) => quantity.of(exits[exit]!).value.mean)
    return members.length > 1 ? best(quantity.metric, means).toFixed(decimals) : null
  })
  return members.map((row) => ({
    keys: keysOf(row),
    heads: [row.series],
    series: seriesMark(row),
    cells: aligned(
      row.exits.map((exit, index) => cellOf(exit, quantity, bests[index]!)),
      heads,
    ),
  }))
}

function keysOf(
  row: SeriesExits,
  { series, hasImports }: { series: ReturnType<typeof seriesColumn>; hasImports: boolean },
): Value[] {
  const { experiment, regime, imported, seeds } = row
  return [
    experiment,
    regime,
    ...series.of(row),
    ...(hasImports ? [imported?.format ?? null] : []),
    seeds.join(' '),
    seeds.length,
  ]
}

/** The final exit in the last column, whatever other networks have before it. */
function aligned<T>(exits: readonly T[], heads: number): (T | null)[] {
  const missing = heads + 1 - exits.length
  return [...exits.slice(0, -1), ...Array.from({ length: missing }, () => null), ...exits.slice(-1)]
}

function cellOf(exit: ExitRow, quantity: Quantity, bestText: string | null): TableCell {
  const { decimals } = quantity.metric
  const { value, below } = quantity.of(exit)
  const values = [value, ...(quantity.below ? [below] : [])].flatMap((each) => [each?.mean ?? null, each?.std ?? null])
  return {
    values: [
      ...values.map((each) => rounded(each, decimals + 2)),
      exit.block ?? null,
      rounded(exit.cost, 6),
      rounded(exit.fraction, 6),
    ],
    printed: {
      text: fixed(value.mean, decimals),
      spread: value.std === null ? null : value.std.toFixed(decimals),
      bold: value.mean.toFixed(decimals) === bestText,
      ...(below && {
        below: { text: below.mean.toFixed(2), spread: below.std === null ? null : below.std.toFixed(2) },
      }),
    },
  }
}

function metricOf(answer: ExitsAnswer): Quantity {
  const { task } = answer[0]!
  const metric = primaryMetric({ task })
  const isExplained = answer.some(({ exits }) => exits.some((exit) => exit.overthinking !== null))
  const overthinking = { label: 'overthinking', name: 'overthinking', suffix: 'overthinking' }
  const explained =
    '; below it overthinking, the share (%) of samples that an earlier exit classifies correctly and this exit wrongly'
  return {
    name: metric.name,
    metric,
    caption: `${withUnit(metric.noun, metric)} where all samples leave there${isExplained ? explained : ''}`,
    below: task ? null : overthinking,
    of: ({ exit, value, overthinking }) => ({ value, below: exit === 0 ? null : overthinking }),
  }
}

function noExit(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'There is no exit to show: these imported results are curves without single exits. Import them again with the cost of each exit, or compare them at budgets.',
  )
}

const calibration: Quantity = {
  name: 'calibration_error',
  metric: { decimals: 2, higherIsBetter: false },
  caption:
    'expected calibration error (points) as trained; below it that at the temperature of the exit, fitted on validation samples',
  below: { label: 'at its temperature', name: 'scaled_calibration_error', suffix: 'at its temperature' },
  of: ({ calibrationError }) => ({ value: calibrationError!.asTrained, below: calibrationError!.scaled }),
}
