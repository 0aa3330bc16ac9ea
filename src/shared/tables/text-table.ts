import { none } from '../format/numbers.ts'
import { plain, textCell, type Table, type TableCell, type TableHead, type TableRow } from './table.ts'

type Titled = Pick<TableHead, 'title' | 'width'>

/** A table of texts, some of which break into lines. */
export function textTable({
  heads,
  columns,
  ...about
}: Pick<Table, 'name' | 'caption' | 'legend' | 'blocks'> & {
  heads: readonly Titled[]
  columns: readonly Titled[]
}): Table {
  return {
    ...about,
    keys: [],
    heads: heads.map((head) => ({ ...head, align: 'left' })),
    dimensions: ['column'],
    measures: [{ name: 'text', suffix: '' }],
    columns: columns.map((column) => ({ ids: [column.title], name: column.title, kind: 'text', ...column })),
  }
}

/** A row of texts, of which the first `heads` ones are its heads. */
export function textRow(texts: readonly (string | TableCell)[], heads = 1): TableRow {
  const cells = texts.slice(heads).map((text) => (typeof text === 'string' ? textCell(text) : text))
  return { keys: [], heads: texts.slice(0, heads) as string[], cells }
}

/** Rows of texts, the first of each its head, as the only block of a table. */
export const textRows = (rows: readonly (readonly string[])[]): Table['blocks'] => [
  { title: null, rows: rows.map((row) => textRow(row)) },
]

/** A text by whose value rows are sorted. */
export const sortedBy = (value: number | string | null | undefined, text: string): TableCell => ({
  values: [value ?? null],
  printed: plain(text),
})

/** A small table as it is shown: texts and numbers, of which the first of a row is its head; null has no value. */
export function shownTable({
  caption,
  columns: [head, ...columns],
  rows,
}: {
  caption: string
  columns: readonly [ShownColumn, ...ShownColumn[]]
  rows: readonly (readonly (string | null)[])[]
}): Table {
  const cellOf = (text: string | null) => (text === null ? null : sortedBy(numberIn(text), text))
  return {
    name: 'values',
    caption,
    keys: [],
    heads: [{ title: head.title, align: head.numeric ? 'right' : 'left' }],
    dimensions: ['column'],
    measures: [{ name: 'value', suffix: '' }],
    columns: columns.map(({ title, numeric }) => ({
      ids: [title],
      name: title,
      title,
      kind: numeric ? 'number' : 'text',
    })),
    blocks: [
      {
        title: null,
        rows: rows.map(([first, ...cells]) => ({ keys: [], heads: [first ?? none], cells: cells.map(cellOf) })),
      },
    ],
  }
}

interface ShownColumn {
  title: string
  numeric?: boolean
}

/** A text that is no number is sorted as it is. */
function numberIn(text: string): number | string {
  const number = Number(text.replaceAll(',', '').replace('−', '-'))
  return Number.isNaN(number) ? text : number
}
