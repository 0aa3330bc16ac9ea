import type { MeanStd } from '../evaluation/evaluation.ts'
import { best, type Metric } from '../methods/metric.ts'
import type { SeriesIdentity } from '../experiment/series-identity.ts'

/** Value of a cell in CSV; null is empty. */
export type Value = string | number | null

/**
 * A table as every writer takes it: rows by columns. In a long CSV each cell is a record of its row's keys, its column's
 * ids and its values; in a wide one each row is a record; LaTeX prints the printed cells.
 */
export interface Table {
  /** Names the file and the label: `quickstart-budgets`. */
  name: string
  /** Plain text: content, subject and method. */
  caption: string
  /** Meaning of emphasised cells: `best of each budget`; undefined: none are emphasised. */
  emphasis?: string
  /** Meanings of the marks of cells, as sentences: the end of the caption. */
  legend?: readonly string[]
  /** What is said of all that is compared, as sentences: the end of the caption. A screen says it once for all its tables. */
  about?: readonly string[]
  /** What the second numbers of cells are: a line of its own below each row. */
  below?: string
  /** What stands under the titles of columns, which a screen says in the first heading: `multiply-adds`. */
  under?: string
  /** What a screen with room for it shows beside each value, in columns of their own: their titles. */
  details?: readonly string[]
  /** Notes printed below the table, but not on paper. */
  notes?: readonly string[]
  /** Columns of a CSV that identify a row. */
  keys: readonly TableKey[]
  /** Columns of words at the left of the printed table. */
  heads: readonly TableHead[]
  /** Columns of a long CSV that identify a column. */
  dimensions: readonly string[]
  /** Values of a cell, the main value first. */
  measures: readonly Measure[]
  columns: readonly TableColumn[]
  /** Rows that belong together. */
  blocks: readonly TableBlock[]
}

interface TableKey {
  name: string
  /** Whether it is in the long form only, because it is the same for all rows or of little interest. */
  longOnly?: boolean
}

export interface TableHead {
  title: string
  align: 'left' | 'right'
  /** Of the page, where its texts break into lines: a share. */
  width?: number
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
  /** Where the other cells of a row are measured at its value, such as a cost: name of that value, which stands beside each of them in a long CSV. */
  place?: string
  /** In a wide CSV, with its unit. */
  name: string
  /** Suffix when printed, with unit; null: not printed. */
  title: string | null
  kind: 'number' | 'text'
  /** Of the page, where its texts break into lines: a share. */
  width?: number
  /** Whether a screen puts a plus before positive numbers. */
  signed?: boolean
}

export interface TableBlock {
  /** Printed above its rows; null with one block. */
  title: string | null
  /** Below the title of each column, where that differs between blocks; null has none. */
  under?: readonly (string | null)[]
  rows: readonly TableRow[]
}

export interface TableRow {
  keys: readonly Value[]
  heads: readonly string[]
  /** The series that the row is of, which a screen shows by its mark in place of the first head. */
  series?: SeriesMark
  /** One for each column; null for missing values. */
  cells: readonly (TableCell | null)[]
  /** Rows of which it is the mean, below it: of each seed. */
  parts?: readonly Omit<TableRow, 'parts' | 'series'>[]
  /** Keys of rows with the same cells, which files have: printed, one stands for all. */
  alike?: readonly (readonly Value[])[]
}

export interface SeriesMark extends Omit<SeriesIdentity, 'experiment'> {
  /** Unset where rows are not told apart by it. */
  experiment?: string
  /** Whether it was imported. */
  hollow: boolean
}

export interface TableCell {
  /** One for each measure. */
  values: readonly Value[]
  printed: PrintedCell
  detail?: CellDetail
  /** What a screen says of it to those who point at it. */
  note?: string
}

/** What a screen says of a cell besides its value. */
export interface CellDetail {
  /** All of it in words. */
  sentence: string
  /** Behind the value: `▲` better, `▽` worse, `·` neither; null: nothing is known. */
  sign: string | null
  /** Around the value; null: there is none. */
  interval: readonly [low: number, high: number] | null
  /** One for each of the table's `details`; null has none. */
  texts: readonly (string | null)[]
}

export type CellTone = 'good' | 'bad' | 'open' | 'none'

export interface PrintedCell {
  /** A number with its decimals, such as `-1.20`, or words. */
  text: string
  /** Half the width of the interval around it, with the same decimals; null: none. */
  spread: string | null
  /** Emphasised: the best of its column, or a significant value. */
  bold: boolean
  /** Raised behind it, explained in the caption. */
  mark?: string
  /** How a screen colours it, besides what it says. */
  tone?: CellTone
  /** A second number, below it, and on a screen the difference to it: `+1.20`. */
  below?: Pick<PrintedCell, 'text' | 'spread'> & { gain?: { text: string; tone: CellTone } | null }
}

/** The caption with the meanings of marks, and what is said of all that is compared. */
export function captionOf({ caption, legend = [], about = [] }: Pick<Table, 'caption' | 'legend' | 'about'>): string {
  return [caption, ...legend, ...about].join(' ')
}

/** A number that is printed with fixed decimals, and kept with four more digits at most. */
export function numberCell(value: number | null | undefined, decimals: number): TableCell | null {
  if (value === null || value === undefined) return null
  return { values: [rounded(value, decimals + 4)], printed: plain(fixed(value, decimals)) }
}

/** A mean with its deviation, each kept with two more digits. */
export function meanCell({ mean, std }: MeanStd, decimals: number, bold = false): TableCell {
  return {
    values: [rounded(mean, decimals + 2), rounded(std, decimals + 2)],
    printed: { ...printedMean({ mean, std }, decimals), bold },
  }
}

/** A mean and its deviation as they are printed. */
export function printedMean({ mean, std }: MeanStd, decimals: number): Pick<PrintedCell, 'text' | 'spread'> {
  return { text: fixed(mean, decimals), spread: std === null ? null : std.toFixed(decimals) }
}

/** The same with four more digits, and what a long CSV says of it besides. */
export function exactMeanCell(of: MeanStd, decimals: number, others: readonly Value[] = []): TableCell {
  const { mean, std } = of
  return { ...meanCell(of, decimals), values: [rounded(mean, decimals + 4), rounded(std, decimals + 4), ...others] }
}

export function textCell(text: string, tone?: CellTone): TableCell {
  return { values: [text], printed: { ...plain(text), ...(tone && { tone }) } }
}

export const plain = (text: string): PrintedCell => ({ text, spread: null, bold: false })

/** Without the noise of floating point, such as 46.800000000000004. */
export function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(decimals))
}

/** With that many decimals; a zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** The best of some values as it is printed; null where there is nothing to compare. */
export function bestText(
  metric: Pick<Metric, 'higherIsBetter' | 'decimals'>,
  values: readonly number[],
): string | null {
  return values.length > 1 ? fixed(best(metric, values), metric.decimals) : null
}
