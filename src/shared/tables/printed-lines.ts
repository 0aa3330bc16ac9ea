import { withParts } from './table-rows.ts'
import { plain, type PrintedCell, type Table, type TableBlock } from './table.ts'

/** A line of a printed table: heads and printed cells; null has no value. */
export interface PrintedLine {
  kind: 'under' | 'row' | 'below'
  heads: readonly string[]
  cells: readonly (PrintedCell | null)[]
}

/** The lines of a block as they are printed: what stands under the titles of columns, and below each row its second numbers. */
export function printedLines({ heads, below }: Pick<Table, 'heads' | 'below'>, block: TableBlock): PrintedLine[] {
  const headed = (first: string) => heads.map((_, head) => (head === 0 ? first : ''))
  const under = block.under?.map((text) => (text === null ? null : plain(text)))
  return [
    ...(under ? [{ kind: 'under' as const, heads: headed(''), cells: under }] : []),
    ...block.rows.flatMap(withParts).flatMap((row): PrintedLine[] => {
      const cells = row.cells.map((cell) => cell?.printed ?? null)
      const own = { kind: 'row' as const, heads: row.heads, cells }
      if (below === undefined || cells.every((cell) => !cell?.below)) return [own]
      const second = cells.map((cell) => (cell?.below ? { ...cell.below, bold: false } : null))
      return [own, { kind: 'below', heads: headed(below), cells: second }]
    }),
  ]
}
