import { z } from 'zod'
import { differencesAnswer } from '../differences/schema.ts'

/** What further seeds are expected to show of a difference, if it and its deviation stay as they are. */
const outlook = z.object({
  experiment: z.string(),
  first: z.string(),
  second: z.string(),
  difference: z.number(),
  /** Seeds that both series have. */
  pairCount: z.int(),
  /** Half of the 95 % t interval: now, and expected with as many further seeds as `furtherSeeds` says; null where there is none. */
  halfWidths: z.array(z.number().nullable()),
  /** Whether p after correction is below 0.05 now. */
  decided: z.boolean(),
  /** Fewest further seeds with which it is expected to be; null where that is more than `mostSeeds`, or nothing is known. */
  needed: z.int().nullable(),
})
export type Outlook = z.infer<typeof outlook>

export const moreSeedsAnswer = differencesAnswer.omit({ atBudgets: true }).extend({
  atBudgets: z.array(z.object({ budget: z.number().nullable(), pairs: z.array(outlook) })),
})
export type MoreSeedsAnswer = z.infer<typeof moreSeedsAnswer>

/** Numbers of further seeds that the table has a column for; the first is now. */
export const furtherSeeds = [0, 1, 2, 3, 5, 10] as const

/** Further seeds beyond which nobody is advised to train. */
export const mostSeeds = 100
/** Whether a difference is so small beside its deviation that more than `mostSeeds` further seeds would be needed. */
export const takesTooMany = ({ decided, needed, halfWidths }: Outlook): boolean =>
  !decided && needed === null && halfWidths[0] !== null
/** A number of further seeds that can be asked for. */
export const moreSeeds = z.int().min(1).max(mostSeeds)
