import type { BlockLinesData } from './block-lines-data.ts'
import type { EndLabel } from './end-labels.ts'
import { figureHead } from './figure-head.ts'
import type { KeyEntry } from './key.ts'
import { hasTitle, textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { seriesStyle } from './regimes.ts'
import { roundTicks, tickText } from './ticks.ts'
import { seedsKey } from './key.ts'
import { wrapped } from './text.ts'

export const noteLineHeight = 15
/** Above the plot: the title of the vertical axis and, in its row, the key. */
const headHeight = 30
/** Between them where the limit lies beyond the plot, for its name. */
const limitRow = 16
/** How much higher than the lines the limit may lie to be drawn. */
const mostOfLimit = 1.6
/** Below it: numbers of blocks, of exits, and the title of the horizontal axis. */
const footHeight = 58

/** Everything that must be known before anything is placed: words, how much room they take, and the plot that is left. */
export function blockLinesLayout(data: BlockLinesData, frame: FigureFrame) {
  const head = figureHead({ title: data.title, key: keyOf(data), labels: labelsOf(data, frame) }, frame, {
    y: 14,
    below: headHeight - 6,
  })
  const note = hasTitle(frame) ? wrapped(data.note, frame.width - 16) : []
  const showsLimit = isLimitNear(data)
  const ticks = valueTicks(data, showsLimit)
  const plot: Plot = {
    left: 18 + Math.max(textWidth('block'), ...ticks.map((tick) => textWidth(tickText(ticks)(tick)))),
    right: frame.width - head.right,
    top: headHeight + head.rows + (data.limit !== null && !showsLimit ? limitRow : 0),
    bottom: frame.height - footHeight - noteLineHeight * note.length,
    x: { low: -0.25, high: data.blockCount - 0.75 },
    y: { low: ticks[0]!, high: showsLimit ? aboveLimit(data, ticks) : ticks.at(-1)! },
  }
  return { plot, head, note, ticks, showsLimit }
}

function keyOf({ lines }: BlockLinesData): KeyEntry[] {
  return lines.length === 0 ? [] : [seedsKey(lines.map(({ seedCount }) => seedCount))]
}

function labelsOf({ lines }: BlockLinesData, { theme }: FigureFrame): EndLabel[] {
  const alike = new Set(lines.map(({ seedCount }) => seedCount)).size === 1
  return lines.flatMap(({ regime, series, look, seedCount, points }): EndLabel[] => {
    const last = points.at(-1)
    if (!last) return []
    const { line, ink, marker, dash } = seriesStyle({ regime, look })
    return [
      {
        text: series + (alike ? '' : `, n = ${seedCount}`),
        end: [last.block, last.mean],
        colour: line[theme],
        ink: ink[theme],
        marker,
        dash,
      },
    ]
  })
}

function limitOf({ limit }: BlockLinesData): number {
  return Math.max(...(limit?.points ?? []).map(({ value }) => value))
}

/** A little air for the limit's line. */
function aboveLimit(data: BlockLinesData, ticks: readonly number[]): number {
  const [low, limit] = [ticks[0]!, limitOf(data)]
  return Math.max(ticks.at(-1)!, limit + 0.04 * (limit - low))
}

/** Whether the limit has room in the plot without pressing the lines together: else it is named above. */
function isLimitNear(data: BlockLinesData): boolean {
  if (!data.limit || data.limit.points.length === 0) return false
  const { low, high } = extent(data)
  return limitOf(data) - low <= mostOfLimit * (high - low)
}

/** Lowest and highest place of a line and its band. */
function extent({ lines, fromZero, limit }: BlockLinesData): { low: number; high: number } {
  const ends = lines.flatMap(({ points }) => points.flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)]))
  if (ends.length === 0) return { low: 0, high: Math.max(1, ...(limit?.points ?? []).map(({ value }) => value)) }
  return { low: fromZero ? 0 : Math.max(0, Math.min(...ends)), high: Math.max(...ends) }
}

/** Round numbers around the lines; the first says where the axis begins. */
function valueTicks(data: BlockLinesData, showsLimit: boolean): number[] {
  const { low, high } = extent(data)
  const top = showsLimit ? Math.max(high, limitOf(data)) : high
  const flat = top - low < 1e-9
  const [from, to] = flat ? [Math.max(0, low - 0.5), top + 0.5] : [low, top]
  const [first, second] = roundTicks(from, to, 6)
  const step = second === undefined ? to - from : second - first!
  const start = Math.floor(from / step + 1e-9)
  const end = showsLimit ? Math.floor(to / step + 1e-9) : Math.ceil(to / step - 1e-9)
  return Array.from({ length: end - start + 1 }, (_, index) => Number(((start + index) * step).toPrecision(12)))
}
