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

/** A text by whose number rows are sorted. */
export const sortedBy = (value: number | null | undefined, text: string): TableCell => ({
  values: [value ?? null],
  printed: plain(text),
})
