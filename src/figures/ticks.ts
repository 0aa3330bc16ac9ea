import { grouped } from '../shared/format/numbers.ts'

/** Round numbers from `low` to `high`: multiples of the finest 1, 2 or 5 times a power of ten with at most `maximum` of them. */
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

/** Round numbers that hold `low` and `high` between the first and the last of them, so that an axis moves seldom. */
export function ticksAround(low: number, high: number, most: number): number[] {
  const [from, to] = high - low < 1e-9 ? [low - 0.5, high + 0.5] : [low, high]
  const [first, second] = roundTicks(from, to, most)
  const step = second === undefined ? to - from : second - first!
  const [start, end] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)]
  return Array.from({ length: end - start + 1 }, (_, index) => Number(((start + index) * step).toPrecision(12)))
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
  const decimals = Math.max(0, ...ticks.map(decimalsOf))
  return (tick) => grouped(tick.toFixed(decimals))
}

/** Small numbers are written with an exponent: 5e-7 has seven decimals. */
function decimalsOf(value: number): number {
  const [digits, exponent = '0'] = String(value).split('e')
  return (digits!.split('.')[1]?.length ?? 0) - Number(exponent)
}
