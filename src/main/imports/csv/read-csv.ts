import { createHash } from 'node:crypto'
import { basename, posix } from 'node:path'
import { importedResult, importRoles, mostImportedExits } from '../../../shared/imported.ts'
import { contentOf, mostPoints, type RawContent } from '../content.ts'
import { byDepth, exitNumber, splitOf } from '../exit-pattern.ts'
import { badSource, refuseRoles, type FoundName, type ImportChoice, type ReadSource } from '../import-choice.ts'
import { piecesOf, type SourceFiles } from '../source-files.ts'
import { seriesOf } from '../series-name.ts'
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

/** Reads tables: a column for each exit, a row for each exit, a row for each threshold, or one column over a training. */
export async function readCsv({ path, files, say }: SourceFiles, choice: ImportChoice): Promise<ReadSource> {
  refuseRoles(choice.map, importRoles, path)
  const read: Omit<ReadSource, 'format'> = { names: [], results: [] }
  for (const [index, file] of files.entries()) {
    say(file.path)
    const { names, results } = await readTable(file.path, choice)
    const own = files.length === 1 ? { name: null, seed: null } : seriesOf(tableNames(files)[index]!, basename(path))
    read.names.push(...names)
    read.results.push(...results.map((each) => ({ ...each, name: own.name, seed: each.seed ?? own.seed })))
  }
  return { format: 'csv', ...read }
}

/** Paths without their endings; of tables that are called alike in folders of their own, as loggers write them, those folders. */
function tableNames(files: SourceFiles['files']): string[] {
  const stems = files.map(({ name }) => name.slice(0, -posix.extname(name).length))
  const areAlike = new Set(stems.map((stem) => posix.basename(stem))).size === 1
  return areAlike ? stems.map((stem) => posix.dirname(stem)) : stems
}

async function readTable(path: string, choice: ImportChoice): Promise<Omit<ReadSource, 'format'>> {
  const hash = createHash('sha256')
  await using records = csvRecords(path, piecesOf(path, hash))
  const first = await records.next()
  if (first.done) throw badSource(path, 'is empty; expected a line of column names.')
  const header = first.value.record.map((name) => name.trim())
  const columns = columnsOf({ path, header, choice })
  const names = header.map((name): FoundName => ({ name, values: 0, last: null }))
  const kept: Kept = { seeds: new Map(), tracks: 0, points: 0 }
  for await (const { record, line } of records) {
    const rows = addRow({ kept, columns, cell: cellsOf(record, { path, names, line }) })
    refuseTooMany(path, kept, rows)
  }
  const sha256 = hash.digest('hex')
  if (kept.seeds.size === 0) throw badSource(path, 'has no rows with values.')
  const results = [...kept.seeds].map(([seed, rows]) => {
    const raw = rawContent(rows, { path, names, header, columns, choice })
    return { name: null, regime: null, seed, path, sha256, content: contentOf(raw, choice) }
  })
  return { names, results }
}

/** Reads the cell at a place: null where it is empty. */
type Cell = (place: number) => number | null

interface RowPlace {
  path: string
  line: number
  /** What columns that are read hold. */
  names: FoundName[]
}

function cellsOf(
  record: readonly string[],
  { path, names, line }: RowPlace,
): { number: Cell; exit: (place: number) => string; seed: (place: number) => number | null } {
  const text = (place: number) => record[place]!.trim()
  const odd = (place: number, expected: string) =>
    badSource(
      path,
      `has “${text(place).slice(0, 40)}” in line ${line}, column ${names[place]!.name}; expected ${expected}.`,
    )
  const number = (place: number) => {
    const cell = text(place)
    if (cell === '') return null
    const value = numberOf(cell)
    if (value === null) throw odd(place, 'a number')
    names[place]!.values++
    names[place]!.last = value
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

/** What is kept of all rows. */
interface Kept {
  seeds: Map<number | null, SeedRows>
  /** Exits of all seeds, with values and with costs. */
  tracks: number
  /** Points of the curves of all seeds. */
  points: number
}

interface Row {
  kept: Kept
  columns: Columns
  cell: ReturnType<typeof cellsOf>
}

function addRow({ kept, columns, cell: { number, exit: exitAt, seed: seedAt } }: Row): SeedRows {
  const seed = columns.seed === null ? null : seedAt(columns.seed)
  const rows = kept.seeds.get(seed) ?? { values: new Map(), costs: new Map(), points: [], epoch: -Infinity }
  const step = (columns.epoch === null ? null : number(columns.epoch)) ?? 0
  const add = (to: Map<string, Track>, exit: string, value: number | null) => {
    if (value === null) return
    if (!to.has(exit)) kept.tracks++
    addTo(to, exit, { step, value })
  }
  if (columns.form === 'wide') {
    for (const { exit, place } of columns.values) add(rows.values, exit, number(place))
    for (const { exit, place } of columns.costs) add(rows.costs, exit, number(place))
  } else if (columns.form === 'long') {
    const exit = exitAt(columns.exit)
    if (columns.cost !== null) add(rows.costs, exit, number(columns.cost))
    add(rows.values, exit, number(columns.value))
  } else {
    kept.points -= rows.points.length
    addPoint(rows, step, pointOf(columns, number))
    kept.points += rows.points.length
  }
  if (rows.values.size > 0 || rows.points.length > 0) kept.seeds.set(seed, rows)
  return rows
}

/** Of all seeds together: each track has up to 500 points. */
const mostTracks = 20_000
const mostPointsOfAll = 200_000

/** While it is read: a table of another kind may have millions of rows. */
function refuseTooMany(path: string, { seeds, tracks, points }: Kept, rows: SeedRows): void {
  if (seeds.size > mostSeeds) throw badSource(path, `has more than ${mostSeeds} seeds.`)
  if (rows.values.size > mostImportedExits) throw badSource(path, `has more than ${mostImportedExits} exits.`)
  if (rows.points.length > mostPoints) throw badSource(path, `has a curve of more than ${mostPoints} points.`)
  if (tracks > mostTracks) throw badSource(path, `has more than ${mostTracks} exits of all seeds together.`)
  if (points > mostPointsOfAll) throw badSource(path, `has more than ${mostPointsOfAll} points of all seeds together.`)
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
