import { z } from 'zod'

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

/** Mean of paired differences with its two-sided 95 % t interval; null with one pair, and where the differences do not vary. */
export const pairedDifference = z.object({
  difference: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  /** Why p is null; null: it is tested. */
  untested: z.enum(untestedReasons).nullable(),
  pairCount: z.int(),
})
export type PairedDifference = z.infer<typeof pairedDifference>

/** `0.013`, `< 0.001` */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}
