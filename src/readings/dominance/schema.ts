import { z } from 'zod'
import { epochDominance } from '../../shared/evaluation/dominance.ts'
import { references } from '../../shared/runs/reference.ts'
import { phaseDetail } from '../../shared/runs/runs.ts'

export const dominanceQuestion = references.extend({
  /** Id of a phase of the run; default: of a table all that were measured, of a figure the last of them. */
  phase: z.string().optional(),
  /** Exits by epochs, in colours or as lines, or exits by blocks at one epoch. */
  figure: z.enum(['map', 'lines', 'blocks']).default('map'),
  /** At which blocks are shown; default: the epoch of the best checkpoint, or the last measured one. */
  epoch: z.int().positive().optional(),
})

/** Gradient dominance of one run, as it was measured while it was trained. */
export const dominanceAnswer = z.object({
  /** Its name. */
  run: z.string(),
  /** Exits of its network, the final classifier included. */
  exitCount: z.int(),
  /** In the order in which they are trained; `epochs`: those at which it was measured. */
  phases: z.array(
    phaseDetail
      .pick({ id: true, name: true, keptEpoch: true, objective: true })
      .extend({ epochs: z.array(epochDominance) }),
  ),
})
export type DominanceAnswer = z.infer<typeof dominanceAnswer>
