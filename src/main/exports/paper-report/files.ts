import type { PaperReport } from '../../../shared/paper-report.ts'
import { valueTable } from '../../../shared/paper-value-table.ts'
import { longCsv } from '../csv.ts'
import { latexTable } from '../latex.ts'
import type { DrawnPanel } from './content.ts'
import { htmlPage } from './html-page.ts'
import { latexDocument } from './latex-document.ts'

export interface ReportFile {
  /** With forward slashes, relative to the folder of the report. */
  path: string
  bytes: Blob
}

/** The report as files: LaTeX, HTML, its data, its tables and its figures. */
export function reportFiles(report: PaperReport, drawn: readonly DrawnPanel[]): ReportFile[] {
  const tables = report.tables.map(valueTable)
  return [
    text('report.tex', latexDocument(report), 'application/x-tex'),
    text('report.html', htmlPage(report, drawn), 'text/html'),
    text('report.json', `${JSON.stringify(report, null, 1)}\n`, 'application/json'),
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
