import type { PaperReport } from '../../../../shared/paper/paper-report.ts'
import { reportFiles, type ReportFile } from '../../exports/writers/report/files.ts'
import { valueTable } from '../../../../shared/paper/paper-value-table.ts'
import { precisionWords } from '../../../../shared/experiment/precision.ts'
import { drawPanels } from '../../exports/report/draw-panels.ts'
import { environmentOf } from '../../exports/report/environment.ts'
import { settingsInWords } from '../../exports/report/settings.ts'
import type { PaperServices } from '../services.ts'
import { testRuleFor } from '../claims/first-run.ts'
import { claimsOn } from '../claims/paper-claims.ts'
import { describeFigures, type MadeFigure, panelsOf, paperFigures } from '../figures.ts'
import { fileStates, type PaperFileState, type PaperQuestion } from '../file-states.ts'
import { paperStatus } from '../status.ts'
import { paperTables } from '../tables.ts'
import { checklistOf } from './checklist.ts'
import { paperDocument } from './document.ts'

/** Everything that the report of some items says. */
export async function paperReport(services: PaperServices, question: PaperQuestion): Promise<PaperReport> {
  return reportOf(services, question, await paperFigures(services, question.scale, question.items))
}

/** The report as files. */
export async function paperReportFiles(services: PaperServices, question: PaperQuestion): Promise<ReportFile[]> {
  const figures = await paperFigures(services, question.scale, question.items)
  const data = await reportOf(services, question, figures)
  return reportFiles({
    report: paperDocument(data),
    data,
    tables: data.tables.map(valueTable),
    drawn: await drawPanels(panelsOf(figures)),
  })
}

async function reportOf(
  services: PaperServices,
  { scale, items }: PaperQuestion,
  figures: readonly MadeFigure[],
): Promise<PaperReport> {
  const status = await paperStatus(services, { scale, items, estimate: false })
  const states = [...(await fileStates(services, { scale, items })).values()]
  const tables = await paperTables(services, scale, items)
  const seconds = new Map(status.experiments.map(({ file, trainedSeconds }) => [file, trainedSeconds]))
  const settings = states.map(({ file, experiment }) => ({
    ...settingsInWords(experiment.file),
    file,
    seconds: seconds.get(file)!,
  }))
  return {
    scale,
    createdAt: Date.now(),
    status,
    tables,
    settings,
    figures: describeFigures(figures),
    ...(await claimsOn(tables, scale)),
    testRule: testRuleFor(services.store, states),
    environment: await environmentOf(services.store, trainedOf(states)),
    checklist: checklistOf({ scale, status, settings }),
  }
}

/** Runs of experiments of which any are trained, and the precisions of their trainings. */
function trainedOf(states: readonly PaperFileState[]) {
  const trained = states.filter(({ runs }) => runs.some(({ status }) => status === 'done'))
  return {
    runs: states.flatMap(({ runs }) => runs.flatMap(({ id }) => id ?? [])),
    precisions: trained.map(({ experiment }) => precisionWords(experiment.file.training)),
  }
}
