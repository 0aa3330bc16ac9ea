import { createRouterClient } from '@orpc/server'
import type { HostClient } from '../../../contract/index.ts'
import type { HostServices } from '../services.ts'
import { analyses } from './analyses.ts'
import { os } from './contract.ts'
import { runControls } from './controls.ts'
import { data } from './data.ts'
import { evaluations } from './evaluations.ts'
import { events } from './events.ts'
import { experiments } from './experiments.ts'
import { exportsApi } from './exports.ts'
import { imports } from './imports.ts'
import { experimentPurge, runPurge } from './purge.ts'
import { networks } from './networks.ts'
import { paper } from './paper.ts'
import { queue } from './queue.ts'
import { readings } from './readings.ts'
import { reports } from './reports.ts'
import { runNotes, runQueries } from './runs.ts'
import { searches } from './searches.ts'
import { jobs, status } from './status.ts'
import { system } from './system.ts'

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
