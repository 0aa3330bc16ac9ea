import { createHash } from 'node:crypto'
import { basename, posix } from 'node:path'
import { importRoles } from '../../../../../shared/runs/imported.ts'
import { contentOf, type RawContent } from '../content.ts'
import { byDepth, splitOf } from '../exit-pattern.ts'
import { badSource, refuseRoles, type FoundName, type ImportChoice, type ReadSource } from '../import-choice.ts'
import { piecesOf, type SourceFiles } from '../source-files.ts'
import { seriesOf } from '../series-name.ts'
import { valueOf } from '../track.ts'
import { trainingOf } from '../training.ts'
import { cellsOf } from './cells.ts'
import { columnsOf, type Columns } from './columns.ts'
import { csvRecords, wholeLines } from './records.ts'
import { addRow, refuseTooMany, type Kept, type Point, type SeedRows } from './rows.ts'

/** Reads tables: a column for each exit, a row for each exit, a row for each threshold, or one column over a training. */
export async function readCsv({ path, files, say }: SourceFiles, choice: ImportChoice): Promise<ReadSource> {
  refuseRoles(choice.map, importRoles, path)
  const read: Omit<ReadSource, 'format'> = { names: [], results: [] }
  const called = tableNames(files)
  // Others that come later change neither the name nor the seed of one that is followed.
  const isAlone = files.length === 1 && (!choice.follow || files[0]!.path === path)
  for (const [index, file] of files.entries()) {
    say(file.path)
    const { names, results } = await readTable(file.path, choice)
    const own = isAlone ? { name: null, seed: null } : seriesOf(called[index]!, basename(path))
    read.names.push(...names)
    read.results.push(...results.map((each) => ({ ...each, name: own.name, seed: each.seed ?? own.seed })))
  }
  return { format: 'csv', ...read }
}

/** Paths without their endings; of tables that are called alike in folders of their own, as loggers write them, those folders. */
function tableNames(files: SourceFiles['files']): string[] {
  const stems = files.map(({ name }) => name.slice(0, -posix.extname(name).length))
  const areAlike = new Set(stems.map((stem) => posix.basename(stem))).size === 1
  return stems.map((stem) => (areAlike && stem.includes('/') ? posix.dirname(stem) : stem))
}

async function readTable(path: string, choice: ImportChoice): Promise<Omit<ReadSource, 'format'>> {
  const hash = createHash('sha256')
  const cut = { off: false }
  const pieces = piecesOf(path, hash)
  await using records = csvRecords(path, choice.follow ? wholeLines(pieces, cut) : pieces)
  const first = await records.next()
  if (first.done) throw badSource(path, 'is empty; expected a line of column names.')
  const header = first.value.record.map((name) => name.trim())
  const columns = columnsOf({ path, header, choice })
  const names = header.map((name): FoundName => ({ name, values: 0, last: null }))
  const final = { called: null }
  const kept: Kept = { seeds: new Map(), tracks: 0, points: 0 }
  for await (const { record, line } of records) {
    const rows = addRow({ kept, columns, cells: cellsOf(record, { path, names, line, final }) })
    refuseTooMany(path, kept, rows)
  }
  const sha256 = hash.digest('hex')
  if (kept.seeds.size === 0) throw badSource(path, 'has no rows with values.')
  const results = [...kept.seeds].map(([seed, rows]) => {
    const raw = rawContent(rows, { path, names, header, columns, choice, isCutOff: cut.off })
    return { name: null, regime: null, seed, path, sha256, content: contentOf(raw, choice) }
  })
  return { names, results }
}

interface CsvTable {
  path: string
  names: FoundName[]
  header: readonly string[]
  columns: Columns
  choice: ImportChoice
  isCutOff: boolean
}

function rawContent(rows: SeedRows, { path, names, header, columns, choice, isCutOff }: CsvTable): RawContent {
  const cutOff = isCutOff ? [`${basename(path)} ends within a line, which is read once the line has its end.`] : []
  const common = { path, names, split: splitOf(columns.metric), rule: null }
  if (columns.form === 'curve') {
    const notes = [
      ...cutOff,
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
            { axis: /epoch/i.test(header[columns.epoch]!) ? 'epoch' : 'step', follow: choice.follow },
          ),
    notes: [...cutOff, `${choice.logged === 'last' ? 'Last' : 'Best'} values of ${columns.metric}.`],
  }
}

/** By threshold, the cheapest end first, as budgets are read: some rules are stricter at small thresholds. Without thresholds by cost. */
function inOrder(points: Point[], path: string): Point[] {
  const key = ({ threshold, cost }: Point) => threshold ?? cost
  const sorted = points.toSorted((a, b) => key(a) - key(b))
  const twice = sorted.find((point, at) => point.threshold !== null && point.threshold === sorted[at - 1]?.threshold)
  if (twice)
    throw badSource(path, `has the threshold ${twice.threshold} twice: expected one row for each threshold and seed.`)
  return sorted[0]!.cost > sorted.at(-1)!.cost ? sorted.reverse() : sorted
}
