import { displayWidth, padLeft, padRight } from './text.ts'

export interface Column {
  header: string
  align?: 'left' | 'right'
}

export interface TableOptions {
  /** Style of the header line. */
  header?: (text: string) => string
  /** Spaces before every line. */
  indent?: number
}

/** A table as lines: columns as wide as their widest cell, two spaces apart, numbers to the right. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string[] {
  const { header = (text) => text, indent = 0 } = options
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.header), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    ' '.repeat(indent) +
    columns
      .map(({ align }, index) => (align === 'right' ? padLeft : padRight)(cells[index] ?? '', widths[index]!))
      .join('  ')
      .trimEnd()
  return [header(line(columns.map((column) => column.header))), ...rows.map(line)]
}
