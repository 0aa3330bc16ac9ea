import type { OptimismLine } from './lines.ts'
import { hasKey, hasTitle, textWidth, type FigureFrame, type Plot } from '../../../figures/plot.ts'

export const titleLineHeight = 15
/** Pixels between two panels. */
const panelGap = 16

/** Rows have a distance of 1, the last is at 0.5. */
export function heightOf(index: number, lines: readonly OptimismLine[]): number {
  return lines.length - index - 0.5
}

/** Zeros on a scale of their own size would look like differences. */
export const zeroRange: Plot['x'] = { low: -1, high: 1 }

/** Panels side by side, all of one scale. */
export function plotsOf(
  lines: readonly OptimismLine[],
  frame: FigureFrame,
  { x, panels, titleLines }: { x: Plot['x']; panels: number; titleLines: number },
): Plot[] {
  const names = Math.max(...lines.map(({ name }) => textWidth(name)))
  const left = 8 + Math.min(names, 0.4 * frame.width) + 14
  const right = frame.width - 8 - (panels === 1 ? textWidth('+0.00') + 10 : 8)
  const width = (right - left - panelGap * (panels - 1)) / panels
  const head = hasKey(frame) || hasTitle(frame) ? 24 : 0
  return Array.from({ length: panels }, (_, panel) => ({
    left: left + panel * (width + panelGap),
    right: left + panel * (width + panelGap) + width,
    top: 8 + head + (panels > 1 ? 20 : 0),
    bottom: frame.height - 32 - titleLineHeight * titleLines,
    x,
    y: { low: 0, high: lines.length },
  }))
}

export function rangeOf(lines: readonly OptimismLine[]): Plot['x'] {
  const gaps = lines.flatMap((line) => line.gaps.flatMap((gap) => gap ?? []))
  const ends = [0, ...gaps.flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)])]
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)]
  const air = Math.max(0.06 * (highest - lowest), 0.02)
  return { low: lowest < 0 ? lowest - air : 0, high: highest + air }
}
