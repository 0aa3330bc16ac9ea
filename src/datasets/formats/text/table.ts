import { CsvError, parse } from 'csv-parse'
import { Readable } from 'node:stream'
import type { TextColumns } from '../../../shared/data/text-columns.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { linesIn, textPieces } from './decode-text.ts'
import type { LabelledTexts } from './opened-text.ts'

/** A row of a table: the value of a column, null if there is no such column; and the line on which it ends, from 1. */
interface Row {
  line: number
  cell(column: string): unknown
}

export const tableEndings = ['.csv', '.tsv', '.jsonl'] as const
type TableEnding = (typeof tableEndings)[number]

/** What kind of table a file is, by its name; null where it is none. */
export const tableEnding = (file: string): TableEnding | null =>
  tableEndings.find((ending) => file.toLowerCase().endsWith(ending)) ?? null

const readers: Record<TableEnding, (file: string) => AsyncIterable<Row>> = {
  '.csv': (file) => rowsOf(csvFields(file), file),
  '.tsv': (file) => rowsOf(tsvFields(file), file),
  '.jsonl': jsonRows,
}

interface TableOptions {
  ending: TableEnding
  columns: TextColumns
}

/**
 * The texts of a table, by the names of its columns; of its other columns nothing is kept. @throws ExitlabError `data` naming the line
 * that is not as it should be.
 */
export async function readTable(file: string, { ending, columns }: TableOptions): Promise<LabelledTexts> {
  const { text, text2, value, label = 'label' } = columns
  const first: string[] = []
  const second: string[] = []
  const names: string[] = []
  const values: number[] = []
  for await (const row of readers[ending](file)) {
    first.push(textOf(row, text, file))
    if (text2 !== undefined) second.push(textOf(row, text2, file))
    if (value === undefined) names.push(classOf(row, label, file))
    else values.push(valueOf(row, value, file))
  }
  return {
    first,
    second: text2 === undefined ? null : second,
    targets: value === undefined ? names : Float32Array.from(values),
  }
}

function textOf(row: Row, column: string, file: string): string {
  const cell = row.cell(column)
  if (typeof cell === 'string') return cell
  throw wrong(file, row.line, `“${column}” is ${shown(cell)}; expected text`)
}

function classOf(row: Row, column: string, file: string): string {
  const cell = row.cell(column)
  const name = typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : cell
  if (typeof name === 'string' && name.trim() !== '') return name.trim()
  throw wrong(file, row.line, `“${column}” is ${shown(cell)}; expected the name or number of a class`)
}

function valueOf(row: Row, column: string, file: string): number {
  const cell = row.cell(column)
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell
  // A float32 is trained on: what overflows it is not finite there.
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value
  throw wrong(file, row.line, `“${column}” is ${shown(cell)}; expected a finite number`)
}

/** A line of a table, and its number from 1. */
interface Fields {
  fields: string[]
  line: number
}

/** Fields in quotes as RFC 4180 has them. */
async function* csvFields(file: string): AsyncGenerator<Fields> {
  const parser = parse({ info: true, skip_empty_lines: true })
  const text = Readable.from(textPieces(file)).on('error', (error) => parser.destroy(error))
  try {
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<CsvRecord>)
      yield { fields: record, line: info.lines }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ExitlabError('data', `data.path: ${file}: ${error.message}; mend the file there`, { cause: error })
  } finally {
    text.destroy()
  }
}

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

/** Fields parted by tabs; a quotation mark is a character like any other, as in GLUE. */
async function* tsvFields(file: string): AsyncGenerator<Fields> {
  let line = 0
  for await (const content of linesIn(textPieces(file))) {
    line++
    if (content !== '') yield { fields: content.split('\t'), line }
  }
}

async function* rowsOf(lines: AsyncIterable<Fields>, file: string): AsyncGenerator<Row> {
  let columns = 0
  let places: Map<string, number[]> | null = null
  for await (const { fields, line } of lines) {
    if (places === null) {
      columns = fields.length
      places = Map.groupBy(fields.keys(), (place) => fields[place]!.trim())
      continue
    }
    // Programs may end each row with a separator.
    if (fields.length < columns || fields.slice(columns).some((field) => field !== ''))
      throw wrong(file, line, `it has ${fields.length} fields, the first line names ${columns} columns`)
    const known = places
    yield { line, cell: (column) => fields[placeOf(known, column, file)] }
  }
  if (places === null) throw new ExitlabError('data', `data.path: ${file} is empty; expected a line of column names`)
}

function placeOf(places: ReadonlyMap<string, number[]>, column: string, file: string): number {
  const [place, another] = places.get(column) ?? []
  if (another !== undefined)
    throw new ExitlabError('data', `data.columns: ${file} has several columns “${column}”; rename all but one of them`)
  if (place !== undefined) return place
  const names = Array.from(places.keys(), (name) => `“${name}”`).join(', ')
  throw new ExitlabError('data', `data.columns: ${file} has no column “${column}”; it has ${names}`)
}

/** A JSON object a line. */
async function* jsonRows(file: string): AsyncGenerator<Row> {
  let line = 0
  for await (const content of linesIn(textPieces(file))) {
    line++
    if (content.trim() === '') continue
    const row = objectOf(content)
    if (row === null) throw wrong(file, line, 'expected a JSON object')
    const place = { file, line }
    yield { line, cell: (column) => cellOf(row, column, place) }
  }
}

function objectOf(content: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function cellOf(row: Record<string, unknown>, column: string, { file, line }: { file: string; line: number }): unknown {
  if (Object.hasOwn(row, column)) return row[column]
  throw wrong(file, line, `it has no “${column}”; set data.columns to the names in the file`)
}

const shown = (cell: unknown) => JSON.stringify(cell) ?? 'missing'

function wrong(file: string, line: number, what: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${file}, line ${line}: ${what}`)
}
