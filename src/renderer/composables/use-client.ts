import type { HostClient } from '../../shared/contract.ts'
import { client } from '../api/client.ts'

/** The host, to be asked. Questions whose answers are shown go through `useAnswer`. */
export function useClient(): HostClient {
  return client
}
