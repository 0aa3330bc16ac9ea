import type { RunLandscape } from './arrangement.ts'
import { centreIndex } from './panel.ts'

/** Losses (nats) at which surfaces can be cut off; after the last there is no limit. */
export const limitStops: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100]

/** Share of the points, at most, that are above the limit. */
const shareAbove = 0.25

/**
 * The limit where none is chosen: the first stop with at least three quarters of all points below it, so that no more than a quarter
 * of the plane has the colour of the limit, and with the losses at all trained weights. Null (no limit) where that is above the last
 * stop.
 */
export function defaultLimit(runs: readonly Pick<RunLandscape, 'coefficients' | 'draws'>[]): number | null {
  const losses = runs.flatMap(({ draws }) => draws.flat(3)).filter((loss) => loss !== null)
  const highest = Math.max(0, ...runs.flatMap(centreLosses))
  const above = (limit: number) => losses.filter((loss) => loss > limit).length
  return limitStops.find((stop) => stop >= highest && above(stop) <= shareAbove * losses.length) ?? null
}

/** Losses of all exits at the trained weights, once for each draw. */
function centreLosses({ coefficients, draws }: Pick<RunLandscape, 'coefficients' | 'draws'>): number[] {
  const centre = centreIndex({ coefficients })
  return draws.flatMap((exits) => exits.flatMap((values) => values[centre]?.[centre] ?? []))
}

/** The stop nearest to a limit; behind the last for none. */
export function stopOf(limit: number | null): number {
  if (limit === null) return limitStops.length
  const distance = (stop: number) => Math.abs(Math.log(stop / limit))
  return limitStops.reduce((best, stop, index) => (distance(stop) < distance(limitStops[best]!) ? index : best), 0)
}

export function limitAt(stop: number): number | null {
  return limitStops[stop] ?? null
}
