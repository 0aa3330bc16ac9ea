import type { Report } from '../../../../../shared/tables/report.ts'
import type { Table } from '../../../../../shared/tables/table.ts'
import { longCsv } from '../csv.ts'
import { latexTable } from '../latex.ts'
import { type DrawnPanel, htmlPage } from './html-page.ts'
import { latexDocument } from './latex-document.ts'
import { markdownDocument } from './markdown-document.ts'

export interface ReportFile {
  /** With forward slashes, relative to the folder of the report. */
  path: string
  bytes: Blob
}

/** What a report is written from. */
interface ReportContent {
  report: Report
  /** Its data, for programs. */
  data: object
  /** Those that are files of their own, too. */
  tables: readonly Table[]
  drawn: readonly DrawnPanel[]
}

/** A report as files: LaTeX, HTML, Markdown, its data, its tables and its figures. */
export function reportFiles({ report, data, tables, drawn }: ReportContent): ReportFile[] {
  return [
    text('report.tex', latexDocument(report), 'application/x-tex'),
    text('report.html', htmlPage(report, drawn), 'text/html'),
    text('report.md', markdownDocument(report), 'text/markdown'),
    text('report.json', `${JSON.stringify(data, null, 1)}\n`, 'application/json'),
    ...tables.flatMap((table) => [
      text(`tables/${table.name}.csv`, longCsv(table), 'text/csv'),
      text(`tables/${table.name}.tex`, latexTable(table), 'application/x-tex'),
    ]),
    ...drawn.flatMap(panelFiles).map(({ path, bytes }) => ({ path: `figures/${path}`, bytes })),
  ]
}

/** A drawn panel as SVG and PDF. */
export const panelFiles = ({ name, svg, pdf }: DrawnPanel): ReportFile[] => [
  text(`${name}.svg`, svg, 'image/svg+xml'),
  { path: `${name}.pdf`, bytes: pdf },
]

const text = (path: string, content: string, type: string): ReportFile => ({
  path,
  bytes: new Blob([content], { type }),
})
