import { stringify } from 'csv-stringify/sync'
import { plainText } from '../shared/plain-text.ts'
import { filedRows } from '../shared/table-rows.ts'
import type { Table, Value } from '../shared/table.ts'

/** One record for each cell: keys of its row and column, then its values; empty if it has none. */
export function longCsv({ keys, dimensions, measures, columns, blocks }: Table): string {
  const header = [...keys.map(({ name }) => name), ...dimensions, ...measures.map(({ name }) => name)]
  const records = blocks.flatMap(({ rows }) =>
    rows
      .flatMap(filedRows)
      .flatMap((row) =>
        columns.map(({ ids }, c) => [...row.keys, ...ids, ...(row.cells[c]?.values ?? measures.map(() => null))]),
      ),
  )
  return csv([header, ...records])
}

/** One record for each row, a column for each of its cells, and for what belongs to a cell such as its deviation. */
export function wideCsv(table: Table): string {
  return csv(wideRecords(table))
}

/** As `wideCsv`, separated by tabs: spreadsheets paste it as cells. */
export function tabbed(table: Table): string {
  return csv(wideRecords(table), '\t')
}

/** Header and rows of a table as printed. */
export function wideRecords({ keys, measures, columns, blocks }: Table): Value[][] {
  const shown = <T>(values: readonly T[]) => values.filter((_, k) => !keys[k]!.longOnly)
  const ofCell = measures.flatMap(({ suffix }, m) => (suffix === null ? [] : [{ suffix, m }]))
  const header = [
    ...shown(keys).map(({ name }) => name),
    ...columns.flatMap(({ name }) => ofCell.map(({ suffix }) => name + suffix)),
  ]
  const records = blocks.flatMap(({ rows }) =>
    rows
      .flatMap(filedRows)
      .map((row) => [
        ...shown(row.keys),
        ...row.cells.flatMap((cell) => ofCell.map(({ m }) => cell?.values[m] ?? null)),
      ]),
  )
  return [header, ...records]
}

/** Texts that a spreadsheet would run as formulas get an apostrophe in front; numbers, negative ones too, stay numbers. */
function csv(records: Value[][], delimiter = ','): string {
  const harmless = records.map((record) =>
    record.map((value) => (typeof value === 'string' ? plainText(value) : value)),
  )
  return stringify(harmless, { delimiter, escape_formulas: true })
}
