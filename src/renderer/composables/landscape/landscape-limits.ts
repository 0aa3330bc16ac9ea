/** Losses in nats at which surfaces can be cut off; behind the last there is no limit. */
export const limitStops: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100]

/** A little more than the loss of guessing among ten classes twice over. */
export const usualLimit = 5

/** The stop nearest to a limit; behind the last for none. */
export function stopOf(limit: number | null): number {
  if (limit === null) return limitStops.length
  const distance = (stop: number) => Math.abs(Math.log(stop / limit))
  return limitStops.reduce((best, stop, index) => (distance(stop) < distance(limitStops[best]!) ? index : best), 0)
}

export function limitAt(stop: number): number | null {
  return limitStops[stop] ?? null
}
