import { withParts } from '../../src/shared/tables/table-rows.ts'
import type { Table } from '../../src/shared/tables/table.ts'

/** What a table prints: its titles, then the texts of each row under the title of its block. */
export function printedTable({ heads, columns, blocks }: Table): string[][] {
  const printed = columns.flatMap(({ title }, index) => (title === null ? [] : [{ title, index }]))
  return [
    [...heads.map(({ title }) => title), ...printed.map(({ title }) => title)],
    ...blocks.flatMap(({ title, rows }) => [
      ...(title === null || blocks.length === 1 ? [] : [[title]]),
      ...rows.flatMap(withParts).map(({ heads: names, cells }) => [
        ...names,
        ...printed.map(({ index }) => {
          const cell = cells[index]?.printed
          if (!cell) return '–'
          return cell.text + (cell.spread === null ? '' : ` ± ${cell.spread}`)
        }),
      ]),
    ]),
  ]
}
