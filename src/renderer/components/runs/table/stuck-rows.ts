import type { TableRow } from './rows.ts'

/** A group whose own line has been scrolled out of sight. */
export interface StuckRow {
  row: TableRow
  index: number
}

/**
 * The groups around what is in sight, from the outside in: they stay at the top of the table, and cover as many rows as they
 * are. `first`: index of the row at the very top.
 */
export function stuckRows(rows: readonly TableRow[], first: number): StuckRow[] {
  const stuck: StuckRow[] = []
  for (;;) {
    const top = first + stuck.length
    const index = aroundAt(rows, top, stuck.length + 1)
    if (index === null || index >= top) return stuck
    stuck.push({ row: rows[index]!, index })
  }
}

/** Index of the group of a level around a row, or of the row itself where it is that group. */
function aroundAt(rows: readonly TableRow[], at: number, level: number): number | null {
  let index = at
  while (rows[index] !== undefined && rows[index]!.level > level) index = rows[index]!.parent
  return rows[index]?.kind === 'group' && rows[index]!.level === level ? index : null
}
