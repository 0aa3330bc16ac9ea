import { analyses } from '../../../analyses/index.ts'
import type { AnalysisSummary } from '../../../shared/analysis.ts'
import type { HostClient } from '../../../contract/index.ts'

/** An analysis and its result. */
export interface AnalysisResult {
  analysis: AnalysisSummary
  /** As its schema has it. */
  result: { caveats: string[] }
  /** False: it is not done, and has found this so far. */
  whole: boolean
}

/** Results of analyses in order, without analyses that have none. */
export async function resultsOf(client: HostClient, ids: readonly string[]): Promise<AnalysisResult[]> {
  return resultsIn(await Promise.all(ids.map((analysis) => client.analyses.show({ analysis }))))
}

/** Views that have a result. */
export function resultsIn(shown: readonly Awaited<ReturnType<HostClient['analyses']['show']>>[]): AnalysisResult[] {
  return shown.flatMap(({ analysis, result, whole }) =>
    result === null ? [] : [{ analysis, result: analyses.get(analysis.kind).result.parse(result), whole }],
  )
}
