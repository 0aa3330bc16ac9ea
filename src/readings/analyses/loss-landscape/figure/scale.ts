import { roundTicks } from '../../../../figures/ticks.ts'

/** Mapping of losses to heights and colours, the same for all panels of a figure. */
export interface LossScale {
  /** Nats. */
  low: number
  high: number
  /** Whether heights and colours follow the logarithm. */
  log: boolean
  /** Whether there are losses above `high`, which are drawn as if they were `high`. */
  clipped: boolean
}

/** Options of the scale. */
interface ScaleChoice {
  log: boolean
  /** Losses above it are cut off; null: none. */
  limit: number | null
}

/** Lower limit of losses on a logarithmic scale. */
const smallestLoss = 1e-4

/** From nothing, or from the lowest loss where the scale is logarithmic, to the highest loss or the limit. */
export function lossScale(losses: Iterable<number | null>, { log, limit }: ScaleChoice): LossScale {
  let [lowest, highest] = [Infinity, -Infinity]
  for (const loss of losses) {
    if (loss === null) continue
    lowest = Math.min(lowest, loss)
    highest = Math.max(highest, loss)
  }
  if (highest < lowest) [lowest, highest] = [0, 1]
  const low = log ? Math.max(smallestLoss, lowest) : 0
  const high = Math.max(limit === null ? highest : Math.min(limit, highest), low + smallestLoss)
  return { low, high, log, clipped: highest > high }
}

/** 0 … 1, cut off at both ends. */
export function lossShare({ low, high, log }: LossScale, loss: number): number {
  const place = log ? Math.log(Math.max(loss, low) / low) / Math.log(high / low) : (loss - low) / (high - low)
  return Math.min(1, Math.max(0, place))
}

/** Round losses within the scale. */
export function lossTicks({ low, high, log }: LossScale, most: number): number[] {
  if (!log) return roundTicks(low, high, most)
  const choices = [[1], [1, 3], [1, 2, 5]].map((factors) => roundPowers(low, high, factors))
  const fitting = choices.findLast((ticks) => ticks.length <= most) ?? everyFew(choices[0]!, most)
  return fitting.length >= 2 ? fitting : roundTicks(low, high, most)
}

function roundPowers(low: number, high: number, factors: readonly number[]): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high))]
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return powers
    .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(1))))
    .filter((tick) => tick >= low && tick <= high)
}

function everyFew(ticks: readonly number[], most: number): number[] {
  const step = Math.ceil(ticks.length / most)
  return ticks.filter((_, index) => index % step === 0)
}

/** A loss in words, with as many decimals as it needs. */
export function lossText(loss: number): string {
  return loss >= 1000 ? String(Number(loss.toPrecision(3))) : String(Number(loss.toPrecision(4)))
}
