import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { AnalysisRow } from '../../store/analyses.ts'
import { analysisResultFile } from '../../store/workspace.ts'
import { nullIfMissing } from '../../../files/missing.ts'
import { damageOf } from '../../../files/verified-file.ts'
import { closedTestHidden } from './closed-test.ts'
import type { AnalysisSources } from './progress-recorder.ts'
import { oneAnalysis, unknownAnalysis } from './references.ts'
import { analysisTitle } from '../runs/analysis-title.ts'

/** Result of an analysis, complete or partial. */
interface ShownAnalysis {
  analysis: AnalysisSummary
  /** Of an analysis that is not done: its last preview; null if there is none. */
  result: unknown
  whole: boolean
}

/**
 * The result of an analysis, complete or partial, without test losses that are closed. If its file is damaged, the analysis becomes failed.
 * @throws ExitlabError `not-found` if it is deleted at the same time, `conflict` if it has closed test losses alone.
 */
export async function shownAnalysis(services: AnalysisSources, row: AnalysisRow): Promise<ShownAnalysis> {
  const { store, analysisRecorder } = services
  if (row.sha256 === null) {
    const result = closedTestHidden(store, row, analysisRecorder.preview(row.id))
    return { analysis: analysisRecorder.summary(row), result, whole: false }
  }
  const spoilt = await reopenSpoilt(services, row)
  if (spoilt !== null) return { analysis: spoilt, result: null, whole: false }
  const text = await readFile(analysisResultFile(store.workspace, row.id), 'utf8').catch(nullIfMissing)
  if (text !== null) {
    const result = closedTestHidden(store, row, JSON.parse(text))
    return { analysis: analysisRecorder.summary(row), result, whole: true }
  }
  // Deleted meanwhile, and possibly requested again.
  const now = store.analyses.get(row.id)
  if (now === null) throw unknownAnalysis(row.id)
  return shownAnalysis(services, now)
}

/**
 * Marks a finished analysis as failed if its result file is damaged. Returns its new state; null if the file is sound, or the
 * analysis was deleted or requested again at the same time. @throws as `damageOf`.
 */
export async function reopenSpoilt(services: AnalysisSources, row: AnalysisRow): Promise<AnalysisSummary | null> {
  const { store } = services
  if (row.sha256 === null) return null
  const file = analysisResultFile(store.workspace, row.id)
  const fault = await damageOf({ path: file, sha256: row.sha256 })
  if (fault === null || store.analyses.get(row.id)?.sha256 !== row.sha256) return null
  const place = relative(store.workspace.folder, file)
  return reopen(
    services,
    row,
    `Its result, ${place}, ${fault}. Resume the analysis: it is computed again, with the same result.`,
  )
}

/** The trainer moves the file aside when it resumes the analysis. A reading host only reports the fault. */
function reopen(services: AnalysisSources, row: AnalysisRow, error: string): AnalysisSummary {
  const { store, recorder, analysisRecorder } = services
  if (!store.readonly) {
    store.analyses.reopen(row.id, error)
    const phase = row.subjects[0]!.phaseId
    recorder.log({ level: 'error', run: null, phase, message: `${analysisTitle(row)}: ${error}` })
    analysisRecorder.tell([row.id])
  }
  return analysisRecorder.summary({ ...row, status: 'failed', done: 0, total: 0, error })
}

/**
 * The result of an analysis; `partial`: the result so far of an unfinished one. @throws ExitlabError `conflict` if there is none,
 * `checkpoint-damaged` if its file is damaged.
 */
export async function analysisResult(
  services: AnalysisSources,
  reference: string,
  { partial = false }: { partial?: boolean },
): Promise<{ summary: AnalysisSummary; result: unknown; whole: boolean }> {
  const row = oneAnalysis(services.store, reference)
  const title = analysisTitle(row)
  if (row.status !== 'done' && !partial) {
    const state = row.status === 'running' ? 'still running' : row.status
    throw new ExitlabError('conflict', `${title} is ${state}: its result is not complete. Try again when it is done.`)
  }
  const { analysis: summary, result, whole } = await shownAnalysis(services, row)
  if (!whole && !partial) throw new ExitlabError('checkpoint-damaged', `${title}: ${summary.error}`)
  if (result === null) throw new ExitlabError('conflict', `${title} has no result yet.`)
  return { summary, result, whole }
}
