import { CsvError, parse } from 'csv-parse'
import { Readable } from 'node:stream'
import { badSource } from '../import-choice.ts'

/** A row of a table, and the line on which it ends, from 1. */
interface CsvRecord {
  record: string[]
  line: number
}

/** Longest row: of a file whose quotes do not end, all that follows would be one. */
const longestRow = 2 ** 20

/** The whole lines of a file that another program writes: of a line without its end, a number may be half of one. */
export async function* wholeLines(pieces: AsyncIterable<Buffer>, cut: { off: boolean }): AsyncGenerator<Buffer> {
  let begun = Buffer.alloc(0)
  for await (const piece of pieces) {
    const text = Buffer.concat([begun, piece])
    const end = text.length > longestRow ? text.length : Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
    if (end > 0) yield text.subarray(0, end)
    begun = text.subarray(end)
  }
  cut.off = begun.length > 0
}

/** Bytes at the beginning by which a binary file and the delimiter are recognised. */
const sampledBytes = 4096

/** How texts in UTF-16 begin. */
const utf16Marks = ['\xff\xfe', '\xfe\xff']

/** Rows of a table, piece by piece: cells separated by commas, semicolons or tabs, as many as in the first row, quotes as in RFC 4180, in UTF-8. @throws ExitlabError `data` naming the line. */
export async function* csvRecords(path: string, pieces: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    yield* recordsOf(path, iterator)
  } finally {
    await iterator.return?.()
  }
}

async function* recordsOf(path: string, iterator: AsyncIterator<Buffer>): AsyncGenerator<CsvRecord> {
  const first = await iterator.next()
  if (first.done) throw badSource(path, 'is empty; expected a line of column names.')
  const sample = first.value.subarray(0, sampledBytes)
  if (utf16Marks.some((mark) => sample.toString('latin1', 0, 2) === mark))
    throw badSource(path, 'is in UTF-16; expected UTF-8. Save it again in that encoding.')
  if (sample.includes(0)) throw badSource(path, 'is no table: it holds zero bytes, so it is a binary file.')
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    relax_column_count: true,
    delimiter: /\.tsv$/i.test(path) ? '\t' : delimiterOf(sample.toString('utf8')),
  })
  const all = async function* () {
    yield first.value
    for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) yield piece.value
  }
  const text = Readable.from(all(), { objectMode: false }).on('error', (error) => parser.destroy(error))
  let columns: number | undefined
  try {
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      columns ??= record.length
      yield { record: cellsOf(record, { path, line: info.lines, columns }), line: info.lines }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw badSource(path, `is no table: ${faultInWords(error)}. Mend the file there.`)
  } finally {
    text.destroy()
  }
}

/** Programs that end each row with a separator leave an empty cell behind it. */
function cellsOf(record: string[], { path, line, columns }: { path: string; line: number; columns: number }): string[] {
  const cells = record.findLastIndex((cell, at) => at < columns || cell.trim() !== '') + 1
  if (cells === columns) return record.slice(0, columns)
  throw badSource(
    path,
    `has ${cells} cells in line ${line}; expected ${columns}, as in its first row. Mend the file there.`,
  )
}

function faultInWords({ code, message, lines }: CsvError & { lines?: number }): string {
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `a row has more than ${longestRow} characters (a quotation mark without its end, perhaps)`
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `a quotation mark has no end${lines === undefined ? '' : ` (until line ${lines})`}`
  return message
}

/** The one of which the first line has most. */
function delimiterOf(text: string): string {
  const line = text.split(/\r\n|\n|\r/, 1)[0]!
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((most, each) => (count(each) > count(most) ? each : most))
}
