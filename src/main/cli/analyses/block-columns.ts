import type { Column } from '../output/table.ts'

/** A column for each block. */
export function blockColumns(count: number): Column[] {
  return Array.from({ length: count }, (_, block) => ({ header: `block ${block}`, align: 'right' as const }))
}
