/** What a cell of a CSV may hold; null stands empty. */
export type Value = string | number | null

/**
 * A table as every writer takes it: rows by columns. In a long CSV each cell is a record of its row's keys, its column's
 * ids and its values; in a wide one each row is a record; LaTeX prints the printed cells.
 */
export interface Table {
  /** Names the file and the label: `quickstart-budgets`. */
  name: string
  /** Plain text: what it shows, of what, read how. */
  caption: string
  /** What cells that stand out have in common: `the best of each budget`; undefined: none stands out. */
  emphasis?: string
  /** Sentences that stand under the table where it is not printed on paper. */
  notes?: readonly string[]
  /** What tells rows apart in a CSV. */
  keys: readonly TableKey[]
  /** Columns of words at the left of the printed table. */
  heads: readonly TableHead[]
  /** What tells columns apart in a long CSV. */
  dimensions: readonly string[]
  /** What a cell consists of, its value first. */
  measures: readonly Measure[]
  columns: readonly TableColumn[]
  /** Rows that belong together. */
  blocks: readonly TableBlock[]
}

export interface TableKey {
  name: string
  /** Whether it stands in the long form only, where it is the same for all rows or says little. */
  longOnly?: boolean
}

export interface TableHead {
  title: string
  align: 'left' | 'right'
}

export interface Measure {
  /** Of its column in a long CSV. */
  name: string
  /** Behind the name of a column in a wide CSV, such as ` std`; null: in the long form only. */
  suffix: string | null
}

export interface TableColumn {
  /** One for each dimension. */
  ids: readonly Value[]
  /** In a wide CSV, with its unit. */
  name: string
  /** When printed, with its unit; null: not printed. */
  title: string | null
  kind: 'number' | 'text'
}

export interface TableBlock {
  /** Printed above its rows; null with one block. */
  title: string | null
  rows: readonly TableRow[]
}

export interface TableRow {
  keys: readonly Value[]
  heads: readonly string[]
  /** One for each column; null where there is no value. */
  cells: readonly (TableCell | null)[]
}

export interface TableCell {
  /** One for each measure. */
  values: readonly Value[]
  printed: PrintedCell
}

export interface PrintedCell {
  /** A number with its decimals, such as `-1.20`, or words. */
  text: string
  /** Half the width of the interval around it, with the same decimals; null: none. */
  spread: string | null
  /** Stands out: the best of its column, or what is significant. */
  bold: boolean
}

/** A number that is printed with fixed decimals, and kept with four more digits at most. */
export function numberCell(value: number | null | undefined, decimals: number): TableCell | null {
  if (value === null || value === undefined) return null
  return { values: [rounded(value, decimals + 4)], printed: plain(fixed(value, decimals)) }
}

export function textCell(text: string): TableCell {
  return { values: [text], printed: plain(text) }
}

export function plain(text: string): PrintedCell {
  return { text, spread: null, bold: false }
}

/** Without the noise of floating point, such as 46.800000000000004. */
export function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(decimals))
}

/** With that many decimals; a zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text
}
