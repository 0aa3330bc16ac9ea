import { grouped } from '../shared/format/numbers.ts'

/** Round numbers from `low` to `high`: the multiples of the finest 1, 2 or 5 times a power of ten of which at most `maximum` lie there. */
export function roundTicks(low: number, high: number, maximum: number): number[] {
  for (let power = Math.floor(Math.log10((high - low) / maximum)); ; power++) {
    for (const factor of [1, 2, 5]) {
      const step = factor * 10 ** power
      const first = Math.ceil(low / step - 1e-9)
      const count = Math.floor(high / step + 1e-9) - first + 1
      if (count <= maximum) return Array.from({ length: count }, (_, index) => rounded((first + index) * step, power))
    }
  }
}

/** Round numbers on a scale of ratios: 1, 2 and 5 times powers of ten; the powers alone where these would be more than `maximum`. */
export function ratioTicks(low: number, high: number, maximum: number): number[] {
  const powers = Array.from(
    { length: Math.floor(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, index) => 10 ** (Math.floor(Math.log10(low)) + index),
  )
  const ticks = (factors: number[]) =>
    powers.flatMap((power) => factors.map((factor) => factor * power)).filter((tick) => tick >= low && tick <= high)
  const fine = ticks([1, 2, 5])
  return fine.length <= maximum ? fine : ticks([1])
}

function rounded(value: number, power: number): number {
  return Number(value.toFixed(Math.max(0, -power)))
}

/** Words of ticks: all with the decimals of the most precise of them, commas between thousands. */
export function tickText(ticks: readonly number[]): (tick: number) => string {
  const decimals = Math.max(...ticks.map((tick) => String(tick).split('.')[1]?.length ?? 0))
  return (tick) => grouped(tick.toFixed(decimals))
}
