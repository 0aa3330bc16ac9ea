import { z } from 'zod'
import type { Table, TableRow, Value } from './table.ts'

/** By which of its heads and printed columns, counted together from the left, the rows of a table stand in order. */
export const tableSort = z.object({ column: z.int().nonnegative(), descending: z.boolean() })
export type TableSort = z.infer<typeof tableSort>

/** The rows of each block in order; rows without a value stand last. Without `sort` as they are. */
export function sortedTable(table: Table, sort: TableSort | undefined): Table {
  if (sort === undefined) return table
  const valueOf = valueAt(table, sort.column)
  const inOrder = (a: TableRow, b: TableRow) => compareValues(valueOf(a), valueOf(b), sort.descending)
  return { ...table, blocks: table.blocks.map((block) => ({ ...block, rows: block.rows.toSorted(inOrder) })) }
}

function valueAt({ heads, columns }: Table, column: number): (row: TableRow) => Value {
  if (column < heads.length) return (row) => row.heads[column]!
  const printed = columns.flatMap(({ title }, index) => (title === null ? [] : [index]))
  const index = printed[column - heads.length]
  return (row) => (index === undefined ? null : (row.cells[index]?.values[0] ?? null))
}

const collator = new Intl.Collator('en', { numeric: true })

function compareValues(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return descending ? -order : order
}
