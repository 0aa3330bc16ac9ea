import type { Table } from '../../../shared/table.ts'

/** A table as the window shows it; null: no value. */
export interface ShownTable {
  columns: { title: string; numeric?: boolean }[]
  rows: (string | null)[][]
}

/** The columns and cells that a table prints; of several blocks, each under its title. */
export function shownTable({ heads, columns, blocks }: Table): ShownTable {
  const printed = columns.flatMap(({ title, kind }, index) => (title === null ? [] : [{ title, kind, index }]))
  return {
    columns: [
      ...heads.map(({ title, align }) => ({ title, numeric: align === 'right' })),
      ...printed.map(({ title, kind }) => ({ title, numeric: kind === 'number' })),
    ],
    rows: blocks.flatMap(({ title, rows }) => [
      ...(title === null || blocks.length === 1 ? [] : [[title]]),
      ...rows.map(({ heads: names, cells }) => [
        ...names,
        ...printed.map(({ index }) => {
          const cell = cells[index]?.printed
          if (cell === undefined) return null
          const text = cell.text.replace('-', '−')
          return cell.spread === null ? text : `${text} ± ${cell.spread}`
        }),
      ]),
    ]),
  }
}
