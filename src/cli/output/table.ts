import { padLeft, padRight, widthOf } from './text.ts'

export interface Column {
  header: string
  align?: 'left' | 'right'
  /** Left out where the table would be too wide, the last such column first. */
  optional?: boolean
}

/** A column of numbers. */
export const right = (header: string): Column => ({ header, align: 'right' })

export interface TableOptions {
  /** Style of the header line. */
  header?: (text: string) => string
  /** Spaces before every line. */
  indent?: number
  /** Columns that it may take. */
  width?: number
}

/** A table as lines: columns as wide as their widest cell, two spaces apart, numbers to the right. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string[] {
  const { header = (text) => text, indent = 0, width = Infinity } = options
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.header), ...rows.map((row) => widthOf(row[index] ?? ''))),
  )
  const surplus = columns.findLastIndex(({ optional }) => optional)
  if (surplus >= 0 && indent + widths.reduce((sum, each) => sum + each + 2, -2) > width) {
    const others = <T>(cells: readonly T[]) => cells.filter((_, index) => index !== surplus)
    return table(others(columns), rows.map(others), options)
  }
  const line = (cells: readonly string[]) =>
    ' '.repeat(indent) +
    columns
      .map(({ align }, index) => (align === 'right' ? padLeft : padRight)(cells[index] ?? '', widths[index]!))
      .join('  ')
      .trimEnd()
  return [header(line(columns.map((column) => column.header))), ...rows.map(line)]
}
