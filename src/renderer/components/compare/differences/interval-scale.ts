import type { RegimeDifference } from '../../../../shared/regime-differences.ts'

/** Where a difference and the ends of its interval stand in a strip, as fractions of its width; zero is among them. */
export interface IntervalScale {
  zero: number
  place(points: number): number
}

/** A strip that holds zero and every difference with its interval. Intervals of few seeds are cut at twice the largest difference. */
export function intervalScale(pairs: readonly Pick<RegimeDifference, 'difference' | 'low' | 'high'>[]): IntervalScale {
  const largest = Math.max(0, ...pairs.map(({ difference }) => Math.abs(difference)))
  const limit = Math.max(2 * largest, 0.01)
  const within = (points: number) => Math.min(limit, Math.max(-limit, points))
  const ends = pairs.flatMap(({ difference, low, high }) => [
    difference,
    within(low ?? difference),
    within(high ?? difference),
  ])
  const [from, to] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const width = to - from || 1
  const place = (points: number) => (Math.min(to, Math.max(from, points)) - from) / width
  return { zero: place(0), place }
}
