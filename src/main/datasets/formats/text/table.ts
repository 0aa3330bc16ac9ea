import { parse } from 'csv-parse/sync'
import type { TextColumns } from '../../../../shared/text-columns.ts'
import { ExitlabError } from '../../../../shared/error.ts'
import { linesOf } from './decode-text.ts'
import type { LabelledTexts } from './opened-text.ts'

/** A row of a table: the value of a column, null if there is no such column; and its first line, from 1. */
interface Row {
  line: number
  cell(column: string): unknown
}

export const tableEndings = ['.csv', '.tsv', '.jsonl'] as const
export type TableEnding = (typeof tableEndings)[number]

/** What kind of table a file is, by its name; null where it is none. */
export const tableEnding = (file: string): TableEnding | null =>
  tableEndings.find((ending) => file.toLowerCase().endsWith(ending)) ?? null

const readers: Record<TableEnding, (text: string, file: string) => Row[]> = {
  '.csv': readCsv,
  '.tsv': readTsv,
  '.jsonl': readJsonLines,
}

interface TableOptions {
  file: string
  ending: TableEnding
  columns: TextColumns
}

/** The texts of a table, by the names of its columns. @throws ExitlabError `data` naming the line that is not as it should be. */
export function readTable(content: string, { file, ending, columns }: TableOptions): LabelledTexts {
  const { text, text2, value } = columns
  const rows = readers[ending](content, file)
  const textsOf = (column: string) => rows.map((row) => textOf(row, column, file))
  return {
    first: textsOf(text),
    second: text2 === undefined ? null : textsOf(text2),
    targets:
      value === undefined
        ? rows.map((row) => classOf(row, columns.label ?? 'label', file))
        : Float32Array.from(rows, (row) => valueOf(row, value, file)),
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

/** Fields in quotes as RFC 4180 has them. */
function readCsv(text: string, file: string): Row[] {
  try {
    const records = parse(text, { info: true, skip_empty_lines: true }) as unknown as CsvRecord[]
    const [header, ...rows] = records.map(({ record, info }) => ({ fields: record, line: info.lines }))
    return rowsOf(header?.fields, rows, file)
  } catch (error) {
    if (error instanceof ExitlabError) throw error
    throw new ExitlabError('data', `data.path: ${file}: ${(error as Error).message}; mend the file there`, {
      cause: error,
    })
  }
}

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

/** Fields parted by tabs; a quotation mark is a character like any other, as in GLUE. */
function readTsv(text: string, file: string): Row[] {
  const [header, ...rows] = linesOf(text)
    .map((line, index) => ({ fields: line.split('\t'), line: index + 1 }))
    .filter(({ fields }) => fields.length > 1 || fields[0] !== '')
  return rowsOf(header?.fields, rows, file)
}

function rowsOf(header: string[] | undefined, rows: { fields: string[]; line: number }[], file: string): Row[] {
  if (header === undefined)
    throw new ExitlabError('data', `data.path: ${file} is empty; expected a line of column names`)
  const places = Map.groupBy(header.keys(), (place) => header[place]!.trim())
  return rows.map(({ fields, line }) => {
    if (fields.length < header.length) {
      throw wrong(file, line, `it has ${fields.length} fields, the first line names ${header.length} columns`)
    }
    return { line, cell: (column) => fields[placeOf(places, column, file)] }
  })
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
function readJsonLines(text: string, file: string): Row[] {
  return linesOf(text).flatMap((content, index) => {
    if (content.trim() === '') return []
    const line = index + 1
    const row = objectOf(content)
    if (row === null) throw wrong(file, line, 'expected a JSON object')
    return [{ line, cell: (column) => cellOf(row, column, { file, line }) }]
  })
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
