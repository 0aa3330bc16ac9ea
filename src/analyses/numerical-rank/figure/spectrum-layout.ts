import type { EndLabel } from '../../../figures/end-labels.ts'
import { figureHead } from '../../../figures/figure-head.ts'
import type { KeyEntry } from '../../../figures/key.ts'
import { hasTitle, textWidth } from '../../../figures/plot.ts'
import type { FigureFrame, Plot } from '../../../figures/plot.ts'
import { powerOfTen } from '../../../shared/format/numbers.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { roundTicks, tickText } from '../../../figures/ticks.ts'
import { seedsKey } from '../../../figures/key.ts'
import type { SpectrumData, SpectrumLine } from './spectrum-data.ts'
import { wrapped } from '../../../figures/text.ts'

export const noteLineHeight = 15
/** Title of the vertical axis and, in its row, the key. */
const headHeight = 30
/** Powers of ten that are shown below the tolerance. */
const depth = 3

/** Everything that must be known before anything is placed. The vertical axis counts powers of ten. */
export function spectrumLayout(data: SpectrumData, frame: FigureFrame) {
  const note = hasTitle(frame) ? wrapped(data.note, frame.width - 16) : []
  const low = lowestPower(data)
  const x = { low: 1, high: lastPlace(data, low) }
  const title = `${data.values[0]!.toUpperCase()}${data.values.slice(1)} / largest`
  const head = figureHead({ title, key: keyOf(data), labels: labelsOf(data, { x, low }, frame) }, frame, {
    y: 14,
    below: headHeight - 6,
  })
  const powers = powerTicks(low)
  const plot: Plot = {
    left: 18 + Math.max(...powers.map((power) => textWidth(powerOfTen(power)))),
    right: frame.width - head.right,
    top: headHeight + head.rows,
    bottom: frame.height - 44 - noteLineHeight * note.length,
    x,
    y: { low, high: 0 },
  }
  const places = placeTicks(plot)
  return { plot, head, note, powers, places, placeText: tickText(places) }
}

function keyOf({ lines }: SpectrumData): KeyEntry[] {
  return [{ mark: { marker: 'circle' }, text: 'numerical rank' }, seedsKey(lines.map(({ seedCount }) => seedCount))]
}

/** Three powers below the tolerance, or as low as the lines go. */
function lowestPower({ lines, tolerance }: SpectrumData): number {
  const lowest = Math.min(0, ...lines.flatMap(({ points }) => points.map(({ mean }) => mean)))
  const wanted = Math.log10(tolerance) - depth
  return Math.min(Math.floor(Math.max(lowest, wanted)), Math.floor(Math.log10(tolerance)) - 1)
}

/** Where the first of the lines leaves the plot at its foot, so that most of them end at its right side; every rank is shown. */
function lastPlace({ lines }: SpectrumData, low: number): number {
  const leaving = lines.flatMap(({ points }) => points.findLast(({ mean }) => mean >= low)?.index ?? [])
  const ranks = lines.map(({ rank }) => rank.mean + (rank.std ?? 0))
  return Math.max(2, Math.ceil(1.05 * Math.max(0, ...ranks)), leaving.length > 0 ? Math.min(...leaving) : 0)
}

function labelsOf(
  { lines }: SpectrumData,
  { x, low }: { x: Plot['x']; low: number },
  { theme }: FigureFrame,
): EndLabel[] {
  const alike = new Set(lines.map(({ seedCount }) => seedCount)).size === 1
  return lines.flatMap(({ regime, series, look, seedCount, points }): EndLabel[] => {
    const last = points.findLast(({ index, mean }) => index <= x.high && mean >= low)
    if (!last) return []
    const { line, ink, marker, dash } = seriesStyle({ regime, look })
    const text = series + (alike ? '' : `, n = ${seedCount}`)
    return [{ text, end: [last.index, last.mean], colour: line[theme], ink: ink[theme], marker, dash }]
  })
}

/** Height of a line at a place between its points, in powers of ten. */
export function powerAt({ points }: SpectrumLine, place: number): number | null {
  const after = points.findIndex(({ index }) => index >= place)
  if (after < 0) return points.at(-1)?.mean ?? null
  const [from, to] = [points[Math.max(0, after - 1)]!, points[after]!]
  if (to.index === from.index) return to.mean
  return from.mean + ((place - from.index) / (to.index - from.index)) * (to.mean - from.mean)
}

function powerTicks(low: number): number[] {
  const step = Math.max(1, Math.ceil(-low / 6))
  return Array.from({ length: Math.floor(-low / step) + 1 }, (_, index) => -index * step)
}

/** 1, and round places behind it. */
function placeTicks({ x, left, right }: Plot): number[] {
  const round = roundTicks(0, x.high, Math.max(2, Math.min(6, Math.floor((right - left) / 40))))
  return [1, ...round.filter((tick) => Number.isInteger(tick) && tick - 1 > 0.08 * (x.high - 1))]
}
