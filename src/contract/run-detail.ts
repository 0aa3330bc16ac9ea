import { z } from 'zod'
import type { ExperimentFile } from './experiment/experiment.ts'
import { latency } from '../shared/evaluation/latency.ts'
import { networkOutline, type NetworkSpec } from '../shared/network/network.ts'
import { costs, exitScores, phaseDetail, runSummary, splitMetrics } from '../shared/runs/runs.ts'
import { methodOrigin } from '../shared/methods/method-origin.ts'
import { methodKinds } from '../shared/methods/unknown-method.ts'

export const runDetail = runSummary.extend({
  phases: z.array(phaseDetail),
  /** Of a run that was chosen: its test values are open. */
  scores: exitScores.nullable(),
  /** As it was stored: methods that this version does not know have no schema here. */
  file: z.custom<ExperimentFile>(),
  source: z.string().nullable(),
  dataPath: z.string(),
  /** File of weights that its first phase starts from; null where it starts fresh. */
  weightsPath: z.string().nullable(),
  network: z.custom<NetworkSpec>(),
  /** null: its family is not known to this version. */
  outline: networkOutline.nullable(),
  costs,
  evaluation: z.object({ file: z.string(), sha256: z.string(), metrics: splitMetrics }).nullable(),
  /** The latest measurement of its network; absent where there is none. */
  latency: latency.optional(),
  /** Extensions that its phases were trained with; absent where there are none. */
  extensions: z.array(methodOrigin).optional(),
  /** Its methods that this version does not have: it is shown as it is stored, and what needs them is refused. */
  unknownMethods: z.array(z.object({ kind: z.enum(methodKinds), name: z.string(), origin: methodOrigin.optional() })),
})
export type RunDetail = z.infer<typeof runDetail>
