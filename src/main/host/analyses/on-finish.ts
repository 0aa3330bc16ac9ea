import { type ErrorCode, type Failure, logOf } from '../../../shared/basics/error.ts'
import type { TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import type { AnalysisProgress, AnalysisRow } from '../../store/analyses.ts'
import { analysisFolder } from '../../store/workspace.ts'
import { analysisMemoryRemedy } from '../../execution/trainer-pool/memory-remedy.ts'
import { crashMessage } from '../../execution/trainer-pool/retry.ts'
import { discard } from '../workspace/disk/tombstone.ts'
import type { JobEnd } from '../../execution/trainer-pool/trainer-process.ts'
import type { AnalysisSources } from './progress-recorder.ts'
import { analysisTitle } from '../runs/analysis-title.ts'

/** Outcome of a job, and the progress of the analysis. */
export interface AnalysisEnd {
  end: JobEnd
  progress: AnalysisProgress
}

/** Writes down how the work at an analysis ended. */
export function concludeAnalysis(context: AnalysisSources, row: AnalysisRow, { end, progress }: AnalysisEnd): void {
  const { store, analysisRecorder } = context
  // It was deleted meanwhile.
  if (store.analyses.get(row.id) === null) return forget(context, row)
  switch (end.type) {
    case 'analysed':
      store.analyses.finish(row.id, { ...progress, ...allParts(end, progress), sha256: end.sha256 })
      analysisRecorder.forget(row.id)
      break
    case 'paused':
      interrupted(context, row, progress)
      break
    case 'failed':
      failed(context, row, {
        progress,
        message: end.code === 'checkpoint-damaged' ? repairable(row, end.message) : withRemedy(end),
        stack: end.stack,
      })
      break
    case 'crashed':
      failed(context, row, { progress, message: crashMessage(withRemedy(end)) })
      break
    default:
      failed(context, row, { progress, message: `The trainer ended the analysis with an unexpected “${end.type}”.` })
  }
  analysisRecorder.tell([row.id])
}

/** An existing result is found without reports of its parts. */
function allParts({ parts }: TrainerEventOf<'analysed'>, { total }: AnalysisProgress) {
  return { done: parts ?? total, total: parts ?? total }
}

/** It is paused already, unless the host ended the work for itself. */
function interrupted({ store }: AnalysisSources, { id }: AnalysisRow, progress: AnalysisProgress): void {
  store.transaction(() => {
    store.analyses.setProgress(id, progress)
    if (store.analyses.get(id)!.status === 'running') store.analyses.setStatus(id, 'queued')
  })
}

function failed(
  { store, recorder }: AnalysisSources,
  row: AnalysisRow,
  { progress, message, stack }: { progress: AnalysisProgress } & Omit<Failure, 'code'>,
): void {
  store.transaction(() => {
    store.analyses.setProgress(row.id, progress)
    store.analyses.setStatus(row.id, 'failed', message)
  })
  const phase = row.subjects[0]!.phaseId
  recorder.log({ level: 'error', run: null, phase, message: `${analysisTitle(row)}: ${logOf({ message, stack })}` })
}

function withRemedy({ code, message }: { code: ErrorCode; message: string }): string {
  return code === 'memory' ? `${message}\n${analysisMemoryRemedy(process.availableMemory())}` : message
}

function repairable({ subjects }: AnalysisRow, message: string): string {
  const names = [...new Set(subjects.map(({ run }) => run.name))].join(' and ')
  return `${message} Retry ${names}, which trains damaged weights again, then resume this analysis.`
}

/** Nothing is left of it but what the trainer has written since it was deleted. */
function forget({ store, recorder, analysisRecorder }: AnalysisSources, row: AnalysisRow): void {
  analysisRecorder.forget(row.id)
  discard([analysisFolder(store.workspace, row.id)]).catch((error: unknown) => {
    const message = `The files of a deleted analysis could not be removed: ${String(error)}`
    recorder.log({ level: 'warning', run: null, phase: null, message })
  })
}
