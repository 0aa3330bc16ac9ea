import type { AnalysisSummary } from '../../../src/shared/evaluation/analysis.ts'

/** An analysis as lists have it; `id` and whatever else matters to a test are given. */
export function analysisSummary(given: Partial<AnalysisSummary> & { id: string }): AnalysisSummary {
  return {
    kind: 'mode-connectivity',
    runs: [],
    parameters: {},
    status: 'queued',
    pausedWithAll: false,
    done: 0,
    total: 0,
    seconds: 0,
    error: null,
    createdAt: 0,
    ...given,
  }
}
