import type { ClipboardFormat, ExportQuery, TableFormat } from '../../../contract/exports.ts'
import type { Table } from '../../../shared/tables/table.ts'
import { longCsv, tabbed, wideCsv } from './writers/csv.ts'
import { htmlTable } from './writers/html.ts'
import { latexTable } from './writers/latex.ts'
import type { ExportServices } from './services.ts'
import { standaloneTable } from './table.ts'

const writers = {
  csv: { write: longCsv, ending: '.csv', type: 'text/csv' },
  'csv-wide': { write: wideCsv, ending: '-wide.csv', type: 'text/csv' },
  latex: { write: latexTable, ending: '.tex', type: 'application/x-tex' },
  tsv: { write: tabbed, ending: '.tsv', type: 'text/tab-separated-values' },
  html: { write: htmlTable, ending: '.html', type: 'text/html' },
} satisfies Record<TableFormat | ClipboardFormat, { write: (table: Table) => string; ending: string; type: string }>

/** A table as the bytes of a file, with its name. */
export async function exportTable(services: ExportServices, query: ExportQuery, format: TableFormat | ClipboardFormat) {
  return tableFile(await standaloneTable(services, query, format === 'latex' ? 'print' : 'data'), format)
}

export function tableFile(table: Table, format: TableFormat | ClipboardFormat) {
  const { write, ending, type } = writers[format]
  return { name: table.name + ending, bytes: new Blob([write(table)], { type }) }
}
