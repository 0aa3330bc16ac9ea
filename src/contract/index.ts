import { eventIterator, type ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { analyses } from './analyses.ts'
import { data } from './data.ts'
import { evaluations } from './evaluations.ts'
import { experiments } from './experiments.ts'
import { exports } from './exports.ts'
import { networks } from './networks.ts'
import { paper } from './paper.ts'
import { imports } from './imports.ts'
import { procedure } from './procedure.ts'
import { queue } from './queue.ts'
import { readings } from './readings.ts'
import { reports } from './reports.ts'
import { runs } from './runs.ts'
import { searches } from './searches.ts'
import { system } from './system.ts'
import { hostEvent } from '../shared/phases/events.ts'

/** The API of the host for workbenches, over any transport: the same process, a message port or a web socket. */
export const contract = {
  experiments,
  data,
  runs,
  queue,
  evaluations,
  readings,
  reports,
  analyses,
  exports,
  paper,
  imports,
  networks,
  searches,
  events: {
    /** Everything that changes from now on, or after a cursor. Progress comes at most ten times a second a phase. */
    follow: procedure
      .input(z.object({ after: z.string().nullable().default(null) }).prefault({}))
      .output(eventIterator(hostEvent)),
  },
  system,
}

type Contract = typeof contract
/** Client of the host's API. */
export type HostClient = ContractRouterClient<Contract>
