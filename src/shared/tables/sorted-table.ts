import { z } from 'zod'
import type { Table, TableRow, Value } from './table.ts'

/** By which of its heads and printed columns, counted together from the left, the rows of a table stand in order. */
export const tableSort = z.object({ column: z.int().nonnegative(), descending: z.boolean() })
export type TableSort = z.infer<typeof tableSort>

/** The rows of each block in order; rows without a value stand last, those without a first head behind the row that they belong to. Without `sort` as they are. */
export function sortedTable(table: Table, sort: TableSort | undefined): Table {
  if (sort === undefined) return table
  const valueOf = valueAt(table, sort.column)
  const inOrder = ([a]: Group, [b]: Group) => compareValues(valueOf(a), valueOf(b), sort.descending)
  const sorted = (rows: readonly TableRow[]) => groupsOf(rows).toSorted(inOrder).flat()
  return { ...table, blocks: table.blocks.map((block) => ({ ...block, rows: sorted(block.rows) })) }
}

type Group = [TableRow, ...TableRow[]]

/** Each row with those behind it that have no first head. */
function groupsOf(rows: readonly TableRow[]): Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    const group = row.heads[0] === '' ? groups.at(-1) : undefined
    if (group) group.push(row)
    else groups.push([row])
  }
  return groups
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
