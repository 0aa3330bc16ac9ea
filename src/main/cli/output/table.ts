import { recordLines } from './record.ts'
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
  /** Whether a row stays a line where that is too wide, and is cut by whoever shows it. */
  keepsRows?: boolean
}

/**
 * A table as lines: columns as wide as their widest cell, two spaces apart, numbers to the right. Where that is too wide, even without
 * what is optional, each row becomes lines `header: cell`.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string[] {
  const { header = (text) => text, indent = 0, width = Infinity, keepsRows = false } = options
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.header), ...rows.map((row) => widthOf(row[index] ?? ''))),
  )
  if (indent + widths.reduce((sum, each) => sum + each + 2, -2) > width) {
    const surplus = columns.findLastIndex(({ optional }) => optional)
    const others = <T>(cells: readonly T[]) => cells.filter((_, index) => index !== surplus)
    if (surplus >= 0) return table(others(columns), rows.map(others), options)
    if (!keepsRows) return records(columns, rows, { header, indent, width })
  }
  const line = (cells: readonly string[]) =>
    ' '.repeat(indent) +
    columns
      .map(({ align }, index) => (align === 'right' ? padLeft : padRight)(cells[index] ?? '', widths[index]!))
      .join('  ')
      .trimEnd()
  return [header(line(columns.map((column) => column.header))), ...rows.map(line)]
}

/** Each row by itself, an empty line between two. */
function records(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { header, indent, width }: Required<Pick<TableOptions, 'header' | 'indent' | 'width'>>,
): string[] {
  const all = rows.map((row) => {
    const fields = columns.map((column, index) => [column.header, row[index] ?? ''] as const)
    return recordLines(fields, { name: header, width: width - indent }).map((line) => ' '.repeat(indent) + line)
  })
  return all.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}
