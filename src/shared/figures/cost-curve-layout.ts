import { plainText } from '../plain-text.ts'
import type { CostCurveData } from './cost-curve-data.ts'
import { isHollow, opacityOf, shownSeries } from './cost-curve-series.ts'
import type { CostCurveView } from './cost-curve-view.ts'
import { endLabelGap } from './end-labels.ts'
import type { EndLabel } from './end-labels.ts'
import { figureKeyWidth } from './key.ts'
import type { KeyEntry } from './key.ts'
import { backboneMarker } from './markers.ts'
import { textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { regimeStyles } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { wrapped } from './text.ts'
import { figureColours } from './theme.ts'

export const accuracyTitle = 'Test accuracy (%)'
export const keyRowHeight = 18
export const noteLineHeight = 15

/** Everything that must be known before anything is placed: words, how much room they take, and the plot that is left. */
export function costCurveLayout(data: CostCurveData, frame: FigureFrame, view: CostCurveView) {
  const labels = labelsOf(data, frame.theme, view)
  const note = wrapped(plainText(data.note), frame.width - 16)
  const key = keyOf(data, view)
  const keyBelow = frame.key !== false && textWidth(accuracyTitle) + 40 + figureKeyWidth(key) > frame.width
  const shown = shownSeries(data, view)
  const names = new Set(shown.map(({ name }) => name))
  const plot = plotOf({ ...data, series: shown.length > 0 ? shown : data.series }, frame, {
    labels,
    noteLines: note.length,
    keyRows: keyBelow ? 1 : 0,
    published: (view.published ?? []).filter(({ series }) => names.has(series)).map(({ accuracy }) => accuracy),
  })
  return { plot, labels, note, key, keyBelow }
}

/** The rectangle that the figure draws its data in, and the ranges it shows. */
export function costCurvePlot(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): Plot {
  return costCurveLayout(data, frame, view).plot
}

function labelsOf(data: CostCurveData, theme: FigureTheme, view: CostCurveView): EndLabel[] {
  const { backbone } = data
  const series = shownSeries(data, view)
  const { text, muted, surface } = figureColours[theme]
  const alike = new Set(series.map(({ seedCount }) => seedCount)).size === 1
  const labels = series.map((each): EndLabel => {
    const { regime, name, seedCount, curve } = each
    const { line, ink, marker } = regimeStyles[regime]
    const last = curve.at(-1)!
    return {
      text: plainText(name, 36) + (alike ? '' : `, n = ${seedCount}`),
      end: [last.cost, last.mean],
      colour: line[theme],
      ink: ink[theme],
      marker,
      hollow: isHollow(data, each) ? surface : undefined,
      opacity: opacityOf(name, view),
    }
  })
  if (!backbone) return labels
  return [
    ...labels,
    { text: 'bare backbone', end: [1, backbone.mean], colour: text, ink: muted, marker: backboneMarker },
  ]
}

interface Surroundings {
  labels: readonly EndLabel[]
  noteLines: number
  /** Rows that the key takes below the title of the vertical axis. */
  keyRows: number
  /** Accuracies of published values that are shown. */
  published: readonly number[]
}

function plotOf(
  data: CostCurveData,
  frame: FigureFrame,
  { labels, noteLines, keyRows, published }: Surroundings,
): Plot {
  const points = data.series.flatMap(({ curve, exits }) => [...curve, ...exits])
  const costs = [...points.map(({ cost }) => cost), ...data.budgets, ...(data.backbone ? [1] : [])]
  const [lowest, highest] = [Math.min(...costs), Math.max(...costs)]
  const accuracies = [...points, ...(data.backbone ? [data.backbone] : [])]
  const worst = Math.min(...accuracies.map(({ mean, std }) => mean - (std ?? 0)), ...published)
  const best = Math.max(...accuracies.map(({ mean, std }) => mean + (std ?? 0)), ...published)
  const air = Math.max(0.05 * (best - worst), 0.1)
  const names = Math.max(0, ...labels.map(({ text }) => textWidth(text)))
  return {
    left: 44,
    right: frame.width - endLabelGap - Math.min(names, 0.4 * frame.width) - 6,
    top: 34 + keyRows * keyRowHeight,
    bottom: frame.height - 50 - noteLineHeight * noteLines,
    x: { low: Math.max(0, lowest - 0.04 * (highest - lowest)), high: highest + 0.02 * (highest - lowest) },
    y: { low: Math.max(0, worst - air), high: Math.min(100, best + air) },
  }
}

/** The backbone's × is named beside the plot. */
function keyOf({ series }: CostCurveData, { published }: CostCurveView): KeyEntry[] {
  const bands = series.some(({ seedCount }) => seedCount > 1)
  return [
    bands
      ? { mark: 'line-with-band', text: 'threshold curve, mean ± 1 std' }
      : { mark: 'line', text: 'threshold curve' },
    { mark: { marker: 'circle' }, text: bands ? 'one exit alone, ± 1 std' : 'one exit alone' },
    ...(published?.length ? [{ mark: 'dash' as const, text: 'published' }] : []),
  ]
}
