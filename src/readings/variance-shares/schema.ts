import { z } from 'zod'
import { sweptValues } from '../sweep.ts'

/** Share of the variance, in %. */
const share = z.object({
  name: z.string(),
  share: z.number(),
  /** What it would be on average if settings changed nothing. */
  noise: z.number(),
  /** 95 %; null: too few seeds. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
})

const scope = z.object({
  /** `all series`, or `within mixed`. */
  title: z.string(),
  seriesCount: z.int(),
  seedCount: z.int(),
  /** Settings, their interactions, and seeds: 100 % together. Empty where there is a caveat. */
  shares: z.array(share),
  /** Why there are none. */
  caveat: z.string().nullable(),
})
export type VarianceScope = z.infer<typeof scope>

export const varianceSharesAnswer = sweptValues.omit({ factors: true, series: true }).extend({
  experiment: z.string(),
  /** All series, then those of the regime of the best. */
  scopes: z.array(scope),
})
export type VarianceSharesAnswer = z.infer<typeof varianceSharesAnswer>
