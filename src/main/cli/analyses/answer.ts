import type { AnalysisKind, AnalysisResult, AnalysisSummary } from '../../../analyses/index.ts'
import type { HostClient } from '../../../shared/contract.ts'

/** An analysis and what it found. */
export interface Answer<Kind extends AnalysisKind = AnalysisKind> {
  analysis: AnalysisSummary
  result: AnalysisResult<Kind>
  /** False: it is not done, and has found this so far. */
  whole: boolean
}

/** What analyses of one kind found, in their order; those that have nothing yet are left out. */
export async function answersOf(client: HostClient, ids: readonly string[]): Promise<Answer[]> {
  return answersIn(await Promise.all(ids.map((analysis) => client.analyses.show({ analysis }))))
}

/** Those of what was shown that have found something. */
export function answersIn(shown: readonly Awaited<ReturnType<HostClient['analyses']['show']>>[]): Answer[] {
  return shown.flatMap(({ analysis, result, whole }) =>
    result === null ? [] : [{ analysis, result: result as AnalysisResult<AnalysisKind>, whole }],
  )
}
