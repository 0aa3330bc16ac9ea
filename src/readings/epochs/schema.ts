import { z } from 'zod'
import { references } from '../../shared/runs/reference.ts'
import { epochMetric, epochRecord, phaseDetail } from '../../shared/runs/runs.ts'
import { metricOption, otherTask } from '../../shared/methods/task.ts'

export const epochsQuestion = references.extend({
  /** What a figure shows: one of the phases by its id, default the last that has epochs. */
  phase: z.string().optional(),
  metric: metricOption,
  split: z.enum(['train', 'validation']).default('validation'),
})

/** The epochs of one run. */
export const epochsAnswer = z.object({
  /** Its name. */
  run: z.string(),
  task: otherTask,
  /** Exits of its network, the final classifier included. */
  exitCount: z.int(),
  /** In the order in which they are trained. */
  phases: z.array(
    phaseDetail
      .pick({ id: true, name: true, epochs: true, keptEpoch: true })
      .extend({ records: z.array(epochRecord), metrics: z.array(epochMetric) }),
  ),
})
export type EpochsAnswer = z.infer<typeof epochsAnswer>
