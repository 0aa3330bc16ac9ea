/** A value and the ends of the interval around it; null where it has none. */
export interface ValueInInterval {
  value: number
  interval: readonly [low: number, high: number] | null
}

/** Where a value and the ends of its interval stand in a strip, as fractions of its width; zero is among them. */
export interface IntervalScale {
  zero: number
  place(value: number): number
}

/** A strip that holds zero and every value with its interval. Intervals of few seeds are cut at twice the largest value. */
export function intervalScale(all: readonly ValueInInterval[]): IntervalScale {
  const largest = Math.max(0, ...all.map(({ value }) => Math.abs(value)))
  const limit = Math.max(2 * largest, 0.01)
  const within = (value: number) => Math.min(limit, Math.max(-limit, value))
  const ends = all.flatMap(({ value, interval }) => [value, ...(interval ?? []).map(within)])
  const [from, to] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const width = to - from || 1
  const place = (value: number) => (Math.min(to, Math.max(from, value)) - from) / width
  return { zero: place(0), place }
}
