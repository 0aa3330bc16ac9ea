import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import type { AnalysisSources } from './progress-recorder.ts'
import type { AnalysisQueue } from './queue.ts'
import { analysedRun } from './analysed-run.ts'
import { requestedAnalyses, type RequestedAnalysis } from './request.ts'
import { reopenSpoilt } from './result.ts'

export interface AnalysisServices extends AnalysisSources {
  analysisQueue: Pick<AnalysisQueue, 'revive' | 'wake'>
}

/** Queues requested analyses. Existing ones are reused; paused, failed or damaged ones are resumed. */
export async function ask(services: AnalysisServices, question: AnalysisQuestion): Promise<AnalysisSummary[]> {
  const { store, recorder, analysisRecorder, analysisQueue } = services
  const { requested } = requestedAnalyses(store, question)
  for (const { id } of requested) {
    const row = store.analyses.get(id)
    if (row !== null) await reopenSpoilt(services, row)
  }
  analysisQueue.revive()
  const createdAt = recorder.now()
  const changed = store.transaction(() => requested.filter((each) => enqueue(services, each, createdAt)))
  analysisRecorder.tell(changed.map(({ id }) => id))
  const answer = requested.map((each) => summaryFor(services, each)!)
  analysisQueue.wake()
  return answer
}

/** State of an analysis with the requested runs; null if it was never requested. */
export function summaryFor(
  { store, analysisRecorder }: Pick<AnalysisServices, 'store' | 'analysisRecorder'>,
  { id, runs }: RequestedAnalysis,
): AnalysisSummary | null {
  const row = store.analyses.get(id)
  return row && { ...analysisRecorder.summary(row), runs: runs.map(({ run }) => analysedRun(store, run)) }
}

/** Returns whether it waits from now on and has not before. */
function enqueue(
  { store }: AnalysisServices,
  { id, kind, parameters, runs }: RequestedAnalysis,
  createdAt: number,
): boolean {
  const row = store.analyses.get(id)
  if (row !== null && row.status !== 'paused' && row.status !== 'failed') return false
  for (const { run, phase } of runs) requireMethods(phase.definition, run)
  if (row === null) {
    const subjects = runs.map(({ run, phase }) => ({ phaseId: phase.id, runId: run.id }))
    store.analyses.insert({ id, kind, parameters, createdAt, subjects })
  } else store.analyses.setStatus(id, 'queued')
  return true
}
