import { z } from 'zod'
import { references } from '../../shared/runs/reference.ts'
import { metricOption } from '../../shared/methods/task.ts'

export const epochsQuestion = references.extend({
  /** What a figure shows: one of the phases by its id, default the last that has epochs. */
  phase: z.string().optional(),
  metric: metricOption,
  split: z.enum(['train', 'validation']).default('validation'),
})
