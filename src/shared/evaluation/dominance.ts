import { z } from 'zod'

/** Cosine of each exit's gradient with the total one, −1…1; null where an exit or the total has no gradient there. */
const cosine = z.number().nullable()

export const dominance = z.object({
  /** [exits], over all parameters of the backbone. */
  exits: z.array(cosine),
  /** [exits][blocks], over the parameters of one block. */
  blocks: z.array(z.array(cosine)),
})
export type Dominance = z.infer<typeof dominance>

/** Mean over the batches of one epoch of a phase, as it is measured during training. */
export const epochDominance = dominance.extend({ epoch: z.int(), batches: z.int() })
export type EpochDominance = z.infer<typeof epochDominance>

/** Batches of an epoch at which gradient dominance is measured. */
export const dominanceBatches = z.union([z.int().min(0).max(1000), z.literal('auto')])
export type DominanceBatches = z.infer<typeof dominanceBatches>
