import { createRouterClient } from '@orpc/server'
import type { HostClient } from '../../../contract/index.ts'
import type { HostServices } from './services.ts'
import { analyses } from './procedures/analyses.ts'
import { os } from './contract.ts'
import { runControls } from './procedures/controls.ts'
import { data } from './procedures/data.ts'
import { evaluations } from './procedures/evaluations.ts'
import { events } from './procedures/events.ts'
import { experiments } from './procedures/experiments.ts'
import { exportsApi } from './procedures/exports.ts'
import { imports } from './procedures/imports.ts'
import { experimentPurge, runPurge } from './procedures/purge.ts'
import { networks } from './procedures/networks.ts'
import { paper } from './procedures/paper.ts'
import { queue } from './procedures/queue.ts'
import { readings } from './procedures/readings.ts'
import { reports } from './procedures/reports.ts'
import { runNotes, runQueries } from './procedures/runs.ts'
import { searches } from './procedures/searches.ts'
import { jobs, status } from './procedures/status.ts'
import { system } from './procedures/system.ts'

/** All procedures of the contract, for every transport. */
export const router = os.router({
  experiments: { ...experiments, ...experimentPurge },
  data,
  runs: { ...runQueries, ...jobs, ...runControls, ...runNotes, ...runPurge },
  queue,
  evaluations,
  readings,
  reports,
  analyses,
  exports: exportsApi,
  imports,
  networks,
  events,
  paper,
  searches,
  system: { ...system, ...status },
})

/** The API for callers in the host's own process. */
export function localClient(services: HostServices): HostClient {
  return createRouterClient(router, { context: services })
}
