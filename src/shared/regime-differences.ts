import { z } from 'zod'
import { costMachine } from './latency.ts'
import { otherTask } from './task.ts'

/**
 * Why chance cannot be judged, so that there is no p, mark or verdict: fewer than three pairs, or differences that do not vary, of
 * which the t statistic is not defined.
 */
export const untestedReasons = ['few-seeds', 'equal-differences'] as const
export type UntestedReason = (typeof untestedReasons)[number]

/** Of pairs that are tested, at least. */
export const fewestTestedPairs = 3

/** Why a difference is not tested, in words. */
export const untestedWords: Record<UntestedReason, string> = {
  'few-seeds': `fewer than ${fewestTestedPairs} seeds are paired`,
  'equal-differences': 'the difference is the same at every seed',
}

/** `first − second` of the task's primary metric on test samples (points of %, or in its unit) at one budget, paired by seed, with its two-sided 95 % t interval; null with one pair, and where the differences do not vary. */
const regimeDifference = z.object({
  experiment: z.string(),
  /** Names of two series of the experiment; of its regimes where nothing is swept. */
  first: z.string(),
  second: z.string(),
  difference: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  /** Why p is null; null: it is tested. */
  untested: z.enum(untestedReasons).nullable(),
  /** p after Holm's correction for all pairs of the experiment at this budget. */
  adjustedP: z.number().nullable(),
  pairCount: z.int(),
})
export type RegimeDifference = z.infer<typeof regimeDifference>

/** Pairs without a common seed or a reading at the budget are left out. */
export const regimeDifferences = z.array(
  z.object({ budget: z.number().nullable(), task: otherTask, latency: costMachine, pairs: z.array(regimeDifference) }),
)
export type RegimeDifferences = z.infer<typeof regimeDifferences>
