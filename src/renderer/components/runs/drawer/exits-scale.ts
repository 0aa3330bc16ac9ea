/** A range of accuracies for an axis: whole tens of a per cent around the values, at least twenty apart. */
export function exitsScale(values: readonly number[]): { low: number; high: number } {
  const low = Math.max(0, Math.floor(Math.min(...values) * 10) / 10)
  const high = Math.min(1, Math.ceil(Math.max(...values) * 10) / 10)
  return high - low >= 0.2 ? { low, high } : { low: Math.max(0, Math.min(low, high - 0.2)), high: Math.max(high, 0.2) }
}

/** At most six ticks, in steps of 5, 10 or 20 %. */
export function ticksBetween(low: number, high: number): number[] {
  const step = [5, 10, 20].find((each) => (high - low) * 100 <= 5 * each) ?? 25
  const first = Math.ceil(Math.round(low * 100) / step) * step
  const last = Math.round(high * 100)
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => (first + index * step) / 100)
}
