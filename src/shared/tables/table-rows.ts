import type { TableRow } from './table.ts'

/** A row, and the rows of which it is the mean. */
export function withParts({ parts = [], ...row }: TableRow): Omit<TableRow, 'parts'>[] {
  return [row, ...parts]
}

/** The same as files have it: with a row for all that is alike. */
export function filedRows({ alike = [], ...row }: TableRow): Omit<TableRow, 'parts'>[] {
  return [...withParts(row), ...alike.map((keys) => ({ ...row, keys }))]
}
