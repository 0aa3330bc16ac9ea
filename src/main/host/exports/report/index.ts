import type { ReportQuestion } from '../../../../contract/reports.ts'
import type { Report } from '../../../../shared/tables/report.ts'
import { reportFiles, type ReportFile } from '../writers/report/files.ts'
import { comparisonReport, type ReportServices } from './comparison.ts'
import { comparisonDocument, panelsOf } from './document.ts'
import { drawPanels, drawSvgs } from './draw-panels.ts'

/** A report of own runs and its figures as SVG. */
export async function readReport(
  services: ReportServices,
  question: ReportQuestion,
): Promise<{ report: Report; figures: { name: string; svg: string }[] }> {
  const found = await comparisonReport(services, question)
  return { report: comparisonDocument(found), figures: await drawSvgs(panelsOf(found)) }
}

/** The same as files. */
export async function reportAsFiles(services: ReportServices, question: ReportQuestion): Promise<ReportFile[]> {
  const found = await comparisonReport(services, question)
  const { topics, ...data } = found
  const tables = topics.flatMap((topic) => topic.tables)
  return reportFiles({
    report: comparisonDocument(found),
    data: { ...data, question, tables },
    tables,
    drawn: await drawPanels(panelsOf(found)),
  })
}
