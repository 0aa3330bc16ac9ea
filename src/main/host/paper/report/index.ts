import type { PaperReport } from '../../../../shared/paper-report.ts'
import { reportFiles, type ReportFile } from '../../../exports/paper-report/files.ts'
import type { HostServices } from '../../services.ts'
import { evaluateClaims } from '../claims/evaluate.ts'
import { readClaims } from '../claims/read-claims.ts'
import { describeFigures, drawFigures, type MadeFigure, paperFigures } from '../figures.ts'
import { fileStates, type PaperQuestion } from '../file-states.ts'
import { paperStatus } from '../status.ts'
import { paperTables } from '../tables.ts'
import { checklistOf } from './checklist.ts'
import { environmentOf } from './environment.ts'
import { settingsOf } from './settings.ts'

/** Everything that the report of some items says. */
export async function paperReport(services: HostServices, question: PaperQuestion): Promise<PaperReport> {
  return reportOf(services, question, await paperFigures(services, question.scale, question.items))
}

/** The report as files. */
export async function paperReportFiles(services: HostServices, question: PaperQuestion): Promise<ReportFile[]> {
  const figures = await paperFigures(services, question.scale, question.items)
  return reportFiles(await reportOf(services, question, figures), await drawFigures(figures))
}

async function reportOf(
  services: HostServices,
  { scale, items }: PaperQuestion,
  figures: readonly MadeFigure[],
): Promise<PaperReport> {
  const status = await paperStatus(services, { scale, items, estimate: false })
  const states = [...(await fileStates(services, { scale, items })).values()]
  const tables = await paperTables(services, scale, items)
  const { claims, sha256 } = await readClaims()
  const seconds = new Map(status.experiments.map(({ file, trainedSeconds }) => [file, trainedSeconds]))
  const settings = states.map((state) => settingsOf(state, seconds.get(state.file)!))
  return {
    scale,
    createdAt: Date.now(),
    status,
    tables,
    settings,
    figures: describeFigures(figures),
    claims: evaluateClaims(claims, tables),
    claimsHash: sha256,
    environment: await environmentOf(services.store, states),
    checklist: checklistOf({ scale, status, settings }),
  }
}
