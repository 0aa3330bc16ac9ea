import { type OfCost, backboneCostWords, costName, unitOf } from '../shared/evaluation/cost-kind.ts'
import { comparisonStem } from '../shared/text/file-name.ts'
import { importedSentence, measuredSamples, type MaybeImported } from '../shared/runs/imported.ts'
import { openedIn, readOnSentences, type ReadOn } from '../shared/evaluation/read-on.ts'
import type { SeriesMark, Table, TableRow, Value } from '../shared/tables/table.ts'
import {
  blocksOf,
  meanOver,
  ofCompared,
  onMeasuredSamples,
  regimeHead,
  seriesColumn,
  seriesTitle,
} from '../shared/tables/table-words.ts'
import { costText } from './cost-text.ts'
import { bestOf, cellOf, type Exit, type ExitQuantity } from './exits-side-by-side/quantity.ts'
import { seriesMark } from './series-mark.ts'

/** A series, the final exit last. */
type Series<OfExit> = MaybeImported &
  ReadOn &
  OfCost &
  Omit<SeriesMark, 'hollow'> & {
    experiment: string
    seeds: readonly number[]
    exits: readonly OfExit[]
  }

/** Exits side by side, a row for each series: networks whose exits cost differently have blocks of their own. */
export function exitsSideBySide<OfExit extends Exit>(
  answer: readonly Series<OfExit>[],
  quantity: ExitQuantity<OfExit>,
  unit: 'macs' | 'flops',
): Table {
  const first = answer[0]!
  const series = seriesColumn(answer)
  const hasImports = answer.some(({ imported }) => imported)
  const heads = Math.max(...answer.map(({ exits }) => exits.length)) - 1
  const unlike = new Set(answer.map(networkOf)).size > 1
  const counts = answer.map(({ seeds }) => seeds.length)
  return {
    name: comparisonStem(answer, quantity.file),
    caption: [
      `Each exit${ofCompared(answer)} ${onMeasuredSamples(answer)}: ${quantity.caption}, and its cost in % of ` +
        `${backboneCostWords(first)}${unitOf(first, unit) === 'macs' ? ' and in multiply-adds' : ''}, heads before it included; ${meanOver(counts)}.`,
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
        rows: rowsOf(members, { quantity, heads, counts, keysOf: (row) => keysOf(row, { series, hasImports }) }),
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
  /** Seeds of every series. */
  counts: readonly number[]
  keysOf: (row: Series<OfExit>) => Value[]
}

function rowsOf<OfExit extends Exit>(
  members: readonly Series<OfExit>[],
  { quantity, heads, counts, keysOf }: RowOptions<OfExit>,
): TableRow[] {
  const bests = members[0]!.exits.map((_, exit) => bestOf(members, { quantity, exit }))
  return members.map((row) => ({
    keys: keysOf(row),
    heads: [regimeHead(row.series, row.seeds.length, counts)],
    series: seriesMark(row),
    cells: aligned(
      row.exits.map((exit, index) => cellOf(exit, quantity, bests[index]!)),
      heads,
    ),
  }))
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
