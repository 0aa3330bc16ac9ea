/** Losses in nats at which surfaces can be cut off; behind the last there is no limit. */
export const limitStops: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100]

/** Losses that tell a basin from its surroundings go up to here at least: twice that of guessing among three classes. */
const smallestUsual = 2.5

/** The limit where none is chosen: the first stop above half of the losses. Almost all losses are below the last: none then. */
export function usualLimit(losses: readonly (number | null)[]): number | null {
  const known = losses.filter((loss) => loss !== null).sort((a, b) => a - b)
  const median = known[Math.floor(known.length / 2)] ?? 0
  return limitStops.find((stop) => stop >= Math.max(median, smallestUsual)) ?? null
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
