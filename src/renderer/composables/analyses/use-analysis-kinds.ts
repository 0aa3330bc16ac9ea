import { defineStore } from 'pinia'
import { useHost } from '../../api/host.ts'
import { useRequest } from '../use-request.ts'

/** Every analysis with the schema of its parameters, null before the host has answered. Fetched once: they do not change. */
export const useAnalysisKinds = defineStore('analysis kinds', () => {
  const { client } = useHost()
  const { data: list, error } = useRequest((signal) => client.analyses.kinds(undefined, { signal }))
  return { list, error, named: (kind: string) => list.value?.find((each) => each.kind === kind) ?? null }
})
