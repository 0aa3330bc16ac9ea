import { createRouterClient } from '@orpc/server'
import type { HostClient } from '../../../contract/index.ts'
import type { HostServices } from '../services.ts'
import { router } from './index.ts'

/** The API for callers in the host's own process. */
export function localClient(services: HostServices): HostClient {
  return createRouterClient(router, { context: services })
}
