import type { Column } from '../output/table.ts'

/** A column for each exit, the final one last. */
export function exitColumns(count: number): Column[] {
  return Array.from({ length: count }, (_, exit) => ({ header: exitName(exit, count), align: 'right' as const }))
}

export function exitName(exit: number, count: number): string {
  return exit === count - 1 ? 'final' : `exit ${exit}`
}
