import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import type { Workspace } from '../../store/workspace.ts'
import type { HostServices } from './services.ts'
import { router } from './index.ts'

/** The procedures of a host, as a connection is served them. */
export interface ServedApi {
  router: Router<AnyContractRouter, object>
  context: object
}

/** A workspace as transports serve it, whichever process is its host. */
export interface Served {
  workspace: Workspace
  now(): number
  /** What a new connection is served; null while there is no host. */
  api(): ServedApi | null
  /** Something went wrong with a connection. */
  warn(message: string): void
}

/** What a host in this process serves. */
export function servedBy(services: HostServices): Served {
  const api = localApi(services)
  return {
    workspace: services.store.workspace,
    now: services.recorder.now,
    api: () => api,
    warn: warnerOf(services),
  }
}

export const localApi = (services: HostServices): ServedApi => ({
  router: router as unknown as ServedApi['router'],
  context: services,
})

export const warnerOf =
  ({ recorder }: HostServices) =>
  (message: string): void =>
    recorder.log({ level: 'warning', run: null, phase: null, message })
