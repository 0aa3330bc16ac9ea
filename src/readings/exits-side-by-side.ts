import { type OfCost, backboneCostWords, costName, unitOf } from '../shared/cost-kind.ts'
import type { MeanStd } from '../shared/evaluation.ts'
import { fileStem } from '../shared/file-name.ts'
import { importedSentence, measuredSamples, type MaybeImported } from '../shared/imported.ts'
import { best, type Metric } from '../shared/metric.ts'
import { openedIn, readOnSentences, type ReadOn } from '../shared/read-on.ts'
import {
  fixed,
  rounded,
  type SeriesMark,
  type Table,
  type TableCell,
  type TableRow,
  type Value,
} from '../shared/table.ts'
import { blocksOf, meanOver, ofCompared, onMeasuredSamples, seriesColumn, seriesTitle } from '../shared/table-words.ts'
import { costText } from './cost-text.ts'
import { seriesMark } from './series-mark.ts'

/** An exit and what it costs. */
interface Exit {
  block?: number | null | undefined
  /** null: only the share of the backbone is known. */
  cost: number | null
  fraction: number
}

/** A series, the final exit last. */
type Series<OfExit> = MaybeImported &
  ReadOn &
  OfCost &
  Omit<SeriesMark, 'hollow'> & {
    experiment: string
    seeds: readonly number[]
    exits: readonly OfExit[]
  }

/** What a cell shows of an exit, and below it. */
export interface ExitQuantity<OfExit> {
  /** End of the name of its files. */
  file: string
  /** Of its column in files. */
  name: string
  metric: Pick<Metric, 'decimals' | 'higherIsBetter'>
  caption: string
  below: { label: string; name: string; suffix: string } | null
  /** null: the exit has none. */
  of(exit: OfExit): { value: MeanStd | null; below: MeanStd | null }
}

/** Exits side by side, a row for each series: networks whose exits cost differently have blocks of their own. */
export function exitsSideBySide<OfExit extends Exit>(
  answer: readonly Series<OfExit>[],
  quantity: ExitQuantity<OfExit>,
  unit: 'macs' | 'flops',
): Table {
  const names = [...new Set(answer.map(({ experiment }) => experiment))]
  const first = answer[0]!
  const series = seriesColumn(answer)
  const hasImports = answer.some(({ imported }) => imported)
  const heads = Math.max(...answer.map(({ exits }) => exits.length)) - 1
  const unlike = new Set(answer.map(networkOf)).size > 1
  return {
    name: fileStem(names, quantity.file),
    caption: [
      `Each exit${ofCompared(answer)} ${onMeasuredSamples(answer)}: ${quantity.caption}, and its cost in % of ` +
        `${backboneCostWords(first)}${unitOf(first, unit) === 'macs' ? ' and in multiply-adds' : ''}, heads before it included; ${meanOver(answer.map(({ seeds }) => seeds.length))}.`,
      ...readOnSentences(openedIn(answer)),
      importedSentence(answer),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    emphasis: 'best of each exit',
    ...(quantity.below && { below: quantity.below.label }),
    ...(unitOf(first, unit) === 'macs' && { under: 'cost: % of the backbone, multiply-adds' }),
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

const networkBlocks = <OfExit extends Exit>(members: readonly Series<OfExit>[]) => [
  ...Map.groupBy(members, networkOf).values(),
]

/** What tells networks of different cost, and samples, apart: series may differ in their network. */
function networkOf({ experiment, imported, readOn, exits }: Series<Exit>): string {
  const costs = exits.map(({ cost, fraction }) => cost ?? `${fraction} of the backbone`)
  return [measuredSamples({ imported, readOn }), experiment, ...costs].join(' ')
}

interface RowOptions<OfExit> {
  quantity: ExitQuantity<OfExit>
  heads: number
  keysOf: (row: Series<OfExit>) => Value[]
}

function rowsOf<OfExit extends Exit>(
  members: readonly Series<OfExit>[],
  { quantity, heads, keysOf }: RowOptions<OfExit>,
): TableRow[] {
  const bests = members[0]!.exits.map((_, exit) => bestOf(members, { quantity, exit }))
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

/** The best value at an exit as it is printed; null where there is nothing to compare. */
function bestOf<OfExit extends Exit>(
  members: readonly Series<OfExit>[],
  { quantity, exit }: { quantity: ExitQuantity<OfExit>; exit: number },
): string | null {
  const means = members.flatMap(({ exits }) => quantity.of(exits[exit]!).value?.mean ?? [])
  return means.length > 1 ? best(quantity.metric, means).toFixed(quantity.metric.decimals) : null
}

function keysOf(
  row: Series<Exit>,
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

function cellOf<OfExit extends Exit>(
  exit: OfExit,
  quantity: ExitQuantity<OfExit>,
  bestText: string | null,
): TableCell | null {
  const { decimals } = quantity.metric
  const { value, below } = quantity.of(exit)
  if (value === null) return null
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
