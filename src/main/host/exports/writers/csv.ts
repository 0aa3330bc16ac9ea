import { stringify } from 'csv-stringify/sync'
import { plainText } from '../../../../shared/text/plain-text.ts'
import { filedRows } from '../../../../shared/tables/table-rows.ts'
import type { Table, TableColumn, Value } from '../../../../shared/tables/table.ts'

/** One record for each cell: keys of its row and column, then its values; empty if it has none. What a row is placed by is among its keys. */
export function longCsv({ keys, dimensions, measures, columns, blocks }: Table): string {
  const numbered = columns.map((column, c) => ({ ...column, c }))
  const places = numbered.filter(({ place }) => place !== undefined)
  const measured = numbered.filter(({ place }) => place === undefined)
  const names = (of: readonly { name: string }[]) => of.map(({ name }) => name)
  const header = [...names(keys), ...places.map(({ place }) => place!), ...dimensions, ...names(measures)]
  const records = blocks.flatMap(({ rows }) =>
    rows.flatMap(filedRows).flatMap((row) => {
      const valueAt = (c: number, m: number) => row.cells[c]?.values[m] ?? null
      const own = [...row.keys, ...places.map(({ c }) => valueAt(c, 0))]
      return measured.map(({ ids, c }) => [...own, ...ids, ...measures.map((_, m) => valueAt(c, m))])
    }),
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
  // What a row is placed by has its value alone.
  const measuresOf = ({ place }: TableColumn) => (place === undefined ? ofCell : ofCell.slice(0, 1))
  const header = [
    ...shown(keys).map(({ name }) => name),
    ...columns.flatMap((column) => measuresOf(column).map(({ suffix }) => column.name + suffix)),
  ]
  const records = blocks.flatMap(({ rows }) =>
    rows
      .flatMap(filedRows)
      .map((row) => [
        ...shown(row.keys),
        ...columns.flatMap((column, c) => measuresOf(column).map(({ m }) => row.cells[c]?.values[m] ?? null)),
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
