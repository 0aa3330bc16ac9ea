import { createHash } from 'node:crypto'
import { importedResult } from '../../../shared/imported.ts'
import { contentOf, mostExits, mostPoints, type RawContent } from '../content.ts'
import { byDepth, exitNumber, splitOf } from '../exit-pattern.ts'
import {
  badSource,
  refuseRoles,
  importRoles,
  type FoundName,
  type ImportChoice,
  type ReadSource,
} from '../import-choice.ts'
import { piecesOf, type Source } from '../source-files.ts'
import { addTo, valueOf, type Track } from '../track.ts'
import { trainingOf } from '../training.ts'
import { columnsOf, type Columns } from './columns.ts'
import { csvRecords } from './records.ts'

const mostSeeds = 1000

interface Point {
  threshold: number | null
  cost: number
  value: number
}

/** What the rows of one seed say. */
interface SeedRows {
  values: Map<string, Track>
  costs: Map<string, Track>
  /** Of the largest epoch. */
  points: Point[]
  epoch: number
}

/** Reads a table: a column for each exit, a row for each exit, or a row for each threshold. */
export async function readCsv(source: Source, choice: ImportChoice): Promise<ReadSource> {
  const { path } = source.files[0]!
  refuseRoles(choice.map, importRoles, path)
  const hash = createHash('sha256')
  await using records = csvRecords(path, piecesOf(path, hash))
  const first = await records.next()
  if (first.done) throw badSource(path, 'is empty; expected a line of column names.')
  const header = first.value.record.map((name) => name.trim())
  const columns = columnsOf({ path, header, choice })
  const [seeds, found] = [new Map<number | null, SeedRows>(), new Map<string, Track>()]
  for await (const { record, line } of records) {
    const rows = addRow({ seeds, columns, cell: cellsOf(record, { path, header, line, found }) })
    refuseTooMany(path, seeds, rows)
  }
  const names = header.map((name): FoundName => ({
    name,
    values: found.get(name)?.count ?? 0,
    last: found.get(name)?.last.value ?? null,
  }))
  const sha256 = hash.digest('hex')
  if (seeds.size === 0) throw badSource(path, 'has no rows with values.')
  const results = [...seeds].map(([seed, rows]) => {
    const raw = rawContent(rows, { path, names, header, columns, choice })
    return { name: null, regime: null, seed, path, sha256, content: contentOf(raw, choice) }
  })
  return { format: 'csv', names, results }
}

/** Reads the cell at a place: null where it is empty. */
type Cell = (place: number) => number | null

interface RowPlace {
  path: string
  header: readonly string[]
  line: number
  /** What columns that are read hold. */
  found: Map<string, Track>
}

function cellsOf(
  record: readonly string[],
  { path, header, line, found }: RowPlace,
): { number: Cell; exit: (place: number) => string; seed: (place: number) => number | null } {
  const text = (place: number) => record[place]!.trim()
  const odd = (place: number, expected: string) =>
    badSource(path, `has “${text(place).slice(0, 40)}” in line ${line}, column ${header[place]}; expected ${expected}.`)
  const number = (place: number) => {
    const cell = text(place)
    if (cell === '') return null
    const value = numberOf(cell)
    if (value === null) throw odd(place, 'a number')
    addTo(found, header[place]!, { step: line, value })
    return value
  }
  return {
    number,
    exit(place) {
      const exit = exitOf(text(place))
      if (exit === null) throw odd(place, 'the number of an exit')
      return exit
    },
    seed(place) {
      const seed = number(place)
      if (seed === null || isSeed(seed)) return seed
      throw odd(place, 'a seed, a whole number of at least 0')
    },
  }
}

/** A number, one in % as a share, or not a number (`nan`) as programs write it; null for anything else. */
function numberOf(cell: string): number | null {
  if (/^[+-]?nan$/i.test(cell)) return NaN
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*%?$/i.test(cell)) return null
  return cell.endsWith('%') ? Number(cell.slice(0, -1)) / 100 : Number(cell)
}

interface Row {
  seeds: Map<number | null, SeedRows>
  columns: Columns
  cell: ReturnType<typeof cellsOf>
}

function addRow({ seeds, columns, cell: { number, exit: exitAt, seed: seedAt } }: Row): SeedRows {
  const seed = columns.seed === null ? null : seedAt(columns.seed)
  const rows = seeds.get(seed) ?? { values: new Map(), costs: new Map(), points: [], epoch: -Infinity }
  const step = (columns.epoch === null ? null : number(columns.epoch)) ?? 0
  const add = (to: Map<string, Track>, exit: string, value: number | null) =>
    void (value !== null && addTo(to, exit, { step, value }))
  if (columns.form === 'wide') {
    for (const { exit, place } of columns.values) add(rows.values, exit, number(place))
    for (const { exit, place } of columns.costs) add(rows.costs, exit, number(place))
  } else if (columns.form === 'long') {
    const exit = exitAt(columns.exit)
    if (columns.cost !== null) add(rows.costs, exit, number(columns.cost))
    add(rows.values, exit, number(columns.value))
  } else addPoint(rows, step, pointOf(columns, number))
  if (rows.values.size > 0 || rows.points.length > 0) seeds.set(seed, rows)
  return rows
}

/** While it is read: a table of another kind may have millions of rows. */
function refuseTooMany(path: string, seeds: ReadonlyMap<unknown, SeedRows>, { values, points }: SeedRows): void {
  if (seeds.size > mostSeeds) throw badSource(path, `has more than ${mostSeeds} seeds.`)
  if (values.size > mostExits) throw badSource(path, `has more than ${mostExits} exits.`)
  if (points.length > mostPoints) throw badSource(path, `has a curve of more than ${mostPoints} points.`)
}

const isSeed = (value: number) => importedResult.shape.seed.safeParse(value).success

/** `0`, `exit 0`, `final`; null where it is no exit. */
function exitOf(text: string): string | null {
  const digits = /\d+/.exec(text)?.[0]
  return digits === undefined ? 'final' : exitNumber(digits)
}

/** null where the row says nothing of the curve. */
function pointOf({ threshold, cost, value }: Extract<Columns, { form: 'curve' }>, number: Cell): Point | null {
  const [at, spent, reached] = [threshold === null ? null : number(threshold), number(cost), number(value)]
  return spent === null || reached === null ? null : { threshold: at, cost: spent, value: reached }
}

function addPoint(rows: SeedRows, epoch: number, point: Point | null): void {
  if (point === null || epoch < rows.epoch) return
  if (epoch > rows.epoch) rows.points = []
  rows.epoch = epoch
  rows.points.push(point)
}

interface CsvTable {
  path: string
  names: FoundName[]
  header: readonly string[]
  columns: Columns
  choice: ImportChoice
}

function rawContent(rows: SeedRows, { path, names, header, columns, choice }: CsvTable): RawContent {
  const common = { path, names, split: splitOf(columns.metric), rule: null }
  if (columns.form === 'curve') {
    const notes = [
      `Curve of ${columns.metric}.`,
      ...(columns.threshold === null ? ['It has no thresholds: its points are sorted by cost.'] : []),
    ]
    return { ...common, exits: [], curve: inOrder(rows.points, path), training: null, notes }
  }
  const exits = [...rows.values.keys()].sort(byDepth)
  return {
    ...common,
    exits: exits.map((name) => ({
      name,
      cost: rows.costs.get(name)?.last.value ?? null,
      value: valueOf(rows.values.get(name)!, choice.logged, choice),
    })),
    curve: null,
    training:
      columns.epoch === null
        ? null
        : trainingOf(
            exits.map((name) => rows.values.get(name)!),
            /epoch/i.test(header[columns.epoch]!) ? 'epoch' : 'step',
          ),
    notes: [`${choice.logged === 'last' ? 'Last' : 'Best'} values of ${columns.metric}.`],
  }
}

/** By threshold, the cheapest end first, as budgets are read: some rules are stricter at small thresholds. Without thresholds by cost. */
function inOrder(points: Point[], path: string): Point[] {
  const key = ({ threshold, cost }: Point) => threshold ?? cost
  const odd = points.find((point) => Number.isNaN(key(point)))
  if (odd) throw badSource(path, 'has a threshold that is not a number.')
  const sorted = points.toSorted((a, b) => key(a) - key(b))
  const twice = sorted.find((point, at) => point.threshold !== null && point.threshold === sorted[at - 1]?.threshold)
  if (twice)
    throw badSource(path, `has the threshold ${twice.threshold} twice: expected one row for each threshold and seed.`)
  return sorted[0]!.cost > sorted.at(-1)!.cost ? sorted.reverse() : sorted
}
