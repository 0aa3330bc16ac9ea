import type { AnalysisChoice } from '../../../contract/analyses.ts'
import { useRequest, type HostRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'

/** Every analysis with the schema of its parameters. */
export function useAnalysisKinds(): HostRequest<AnalysisChoice[]> {
  const { client } = useHost()
  return useRequest((signal) => client.analyses.kinds(undefined, { signal }))
}
