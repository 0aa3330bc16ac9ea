import { z } from 'zod'

/** One series of one experiment, as answers name it and screens mark it. */
export const seriesOfRuns = z.object({
  experiment: z.string(),
  regime: z.string(),
  /** Name of the series; the regime where nothing is swept. */
  series: z.string(),
  /** Place in the palette of series; null: it looks like its regime. */
  look: z.int().nullable(),
})

/** One that may be imported. */
export const anySeries = seriesOfRuns.extend({
  /** null: not known, of an imported series. */
  regime: z.string().nullable(),
})
export type SeriesIdentity<Regime extends string | null = string | null> = z.infer<typeof anySeries> & {
  regime: Regime
}

/** What names a series, of something that is said of it. */
export const identityOf = <Regime extends string | null>(of: SeriesIdentity<Regime>): SeriesIdentity<Regime> => {
  const { experiment, regime, series, look } = of
  return { experiment, regime, series, look }
}
