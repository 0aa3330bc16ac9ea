import { eventIterator, type ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { analyses } from './contract/analyses.ts'
import { data } from './contract/data.ts'
import { evaluations } from './contract/evaluations.ts'
import { experiments } from './contract/experiments.ts'
import { exports } from './contract/exports.ts'
import { paper } from './contract/paper.ts'
import { imports } from './contract/imports.ts'
import { procedure } from './contract/procedure.ts'
import { queue } from './contract/queue.ts'
import { readings } from './contract/readings.ts'
import { runs } from './contract/runs.ts'
import { system } from './contract/system.ts'
import { hostEvent } from './events.ts'

/** The API of the host for workbenches, over any transport: the same process, a message port or a web socket. */
export const contract = {
  experiments,
  data,
  runs,
  queue,
  evaluations,
  readings,
  analyses,
  exports,
  paper,
  imports,
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
