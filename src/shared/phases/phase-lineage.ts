import { z } from 'zod'
import { phaseStatuses } from '../runs/runs.ts'

/** A phase in the graph that runs make by sharing phases. */
const lineagePhase = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(phaseStatuses),
  epochs: z.int(),
  /** Wall time of its epochs so far. */
  seconds: z.number(),
  parent: z.string().nullable(),
  /** Runs that have it, in the order of their regimes. */
  runs: z.array(z.object({ id: z.string(), name: z.string(), regime: z.string(), seed: z.int() })),
})

/** Phases in the order they are trained, parents before their children. */
export const phaseLineage = z.object({
  phases: z.array(lineagePhase),
  /** Time that was not spent because phases were shared. */
  savedSeconds: z.number(),
})
export type PhaseLineage = z.infer<typeof phaseLineage>
