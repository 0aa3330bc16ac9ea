import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { importedMark } from '../../shared/runs/imported.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { comparisonQuestion, costUnit } from '../question.ts'
import { anySeries } from '../../shared/experiment/series-identity.ts'

export const exitsQuestion = comparisonQuestion
  .pick({ runs: true, among: true, split: true, rule: true, cost: true })
  .extend({
    /** What is said of each exit besides its cost: the task's primary metric and overthinking, or the calibration error. */
    quantity: z.enum(['metric', 'calibration']).default('metric'),
    unit: costUnit,
  })

/** One exit of a series, over seeds, on the test set. */
const exitRow = z.object({
  exit: z.int(),
  /** null: the final classifier; absent: not known, of an imported result. */
  block: z.int().nullish(),
  /** Cumulative cost, in multiply-adds or milliseconds (null: only the fraction is known), and as a fraction of the backbone's. */
  cost: z.number().nullable(),
  fraction: z.number(),
  /** The task's primary metric of this exit alone, in its unit. */
  value: meanStd,
  /** Samples that an earlier exit gets right and this one wrong, in %; null for a regression and for an imported result. */
  overthinking: meanStd.nullable(),
  /** Expected calibration error in points, as trained and at the temperature of the exit; where it was asked for. */
  calibrationError: z.object({ asTrained: meanStd, scaled: meanStd }).optional(),
})
export type ExitRow = z.infer<typeof exitRow>

/** Each series of each experiment, the final exit last. */
export const exitsAnswer = z.array(
  anySeries.extend({
    task: otherTask,
    ...costKeys,
    imported: importedMark.optional(),
    ...readOnKeys,
    seeds: z.array(z.int()),
    exits: z.array(exitRow),
  }),
)
export type ExitsAnswer = z.infer<typeof exitsAnswer>
export type SeriesExits = ExitsAnswer[number]
