import { z } from 'zod'
import { meanStd } from './evaluation.ts'
import { costMachine } from './latency.ts'
import { otherTask } from './task.ts'

/** By how much the task's primary metric improves (points of %, or in its unit) by choosing thresholds on the test set instead of on validation samples. */
export const optimismData = z.object({
  task: otherTask,
  latency: costMachine,
  budgets: z.array(z.number().nullable()),
  rows: z.array(
    z.object({
      experiment: z.string(),
      regime: z.string(),
      series: z.string(),
      look: z.int().nullable(),
      seedCount: z.int(),
      /** One a budget; null where it buys nothing. */
      gaps: z.array(meanStd.nullable()),
    }),
  ),
})
export type OptimismData = z.infer<typeof optimismData>
