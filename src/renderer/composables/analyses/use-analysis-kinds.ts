import type { AnalysisChoice } from '../../../shared/contract/analyses.ts'
import { useAnswer, type Answer } from '../use-answer.ts'
import { useHost } from '../../api/host.ts'

/** Every kind of analysis, with what it takes. */
export function useAnalysisKinds(): Answer<AnalysisChoice[]> {
  const { client } = useHost()
  return useAnswer((signal) => client.analyses.kinds(undefined, { signal }))
}
