/** An axis in round steps. */
export interface RoundScale {
  low: number
  high: number
  step: number
  ticks: number[]
}

/**
 * The finest scale in steps of 1, 2 or 5 times a power of ten that covers `low` … `high` with at most `maximum` ticks.
 * A range without width is widened by one step each way.
 */
export function roundScale(low: number, high: number, maximum = 6): RoundScale {
  if (!(high > low)) return roundScale(low - 1, low + 1, maximum)
  const decade = Math.floor(Math.log10(high - low)) - 1
  for (let power = decade; ; power++) {
    for (const factor of [1, 2, 5]) {
      const step = factor * 10 ** power
      const first = Math.floor(low / step + 1e-9)
      const last = Math.ceil(high / step - 1e-9)
      if (last - first + 1 > maximum) continue
      const ticks = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step, power))
      return { low: ticks[0]!, high: ticks.at(-1)!, step, ticks }
    }
  }
}

function rounded(value: number, power: number): number {
  return Number(value.toFixed(Math.max(0, -power)))
}
