import { z } from 'zod'
import { references } from '../../shared/runs/reference.ts'

export const dominanceQuestion = references.extend({
  /** Id of a phase of the run; default: of a table all that were measured, of a figure the last of them. */
  phase: z.string().optional(),
  /** Exits by epochs, in colours or as lines, or exits by blocks at one epoch. */
  figure: z.enum(['map', 'lines', 'blocks']).default('map'),
  /** At which blocks are shown; default: the epoch of the best checkpoint, or the last measured one. */
  epoch: z.int().positive().optional(),
})
