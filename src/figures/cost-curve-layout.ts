import { plainText } from '../shared/plain-text.ts'
import type { CostCurveData } from './cost-curve-data.ts'
import { isHollow, opacityOf, shownSeries } from './cost-curve-series.ts'
import { costAxes, macsText, macsUnit } from './cost-axis.ts'
import type { CostCurveView } from './cost-curve-view.ts'
import type { EndLabel } from './end-labels.ts'
import { figureHead } from './figure-head.ts'
import type { FigureHead } from './figure-head.ts'
import type { KeyEntry } from './key.ts'
import { backboneMarker } from './markers.ts'
import { hasTitle } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { seriesStyle } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { wrapped } from './text.ts'
import { figureColours } from './theme.ts'

export const noteLineHeight = 15
/** Title of the vertical axis and, in its row, the key. */
const headHeight = 34

/** Everything that must be known before anything is placed: words, how much room they take, and the plot that is left. */
export function costCurveLayout(data: CostCurveData, frame: FigureFrame, view: CostCurveView) {
  const head = figureHead(
    { title: 'Test accuracy (%)', key: keyOf(data, view), labels: labelsOf(data, frame.theme, view) },
    frame,
    { y: 16, below: headHeight - 6 },
  )
  const note = hasTitle(frame) ? wrapped(plainText(data.note), frame.width - 16) : []
  const shown = shownSeries(data, view)
  const names = new Set(shown.map(({ name }) => name))
  const drawn = { ...data, series: shown.length > 0 ? shown : data.series }
  const costTitle = wrapped(costTitleOf(drawn, view), frame.width - 16)
  const plot = plotOf(drawn, frame, {
    head,
    footLines: costTitle.length + note.length,
    published: (view.published ?? []).filter(({ series }) => names.has(series)).map(({ accuracy }) => accuracy),
  })
  return { plot, head, costTitle, note }
}

/** The rectangle that the figure draws its data in, and the ranges it shows. */
export function costCurvePlot(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): Plot {
  return costCurveLayout(data, frame, view).plot
}

function labelsOf(data: CostCurveData, theme: FigureTheme, view: CostCurveView): EndLabel[] {
  const series = shownSeries(data, view)
  const { text, muted, surface } = figureColours[theme]
  const alike = new Set(series.map(({ seedCount }) => seedCount)).size === 1
  const labels = series.map((each): EndLabel => {
    const { name, seedCount, curve } = each
    const { line, ink, marker, dash } = seriesStyle(each)
    const last = curve.at(-1)!
    return {
      text: plainText(name, 36) + (alike ? '' : `, n = ${seedCount}`),
      end: [last.cost, last.mean],
      colour: line[theme],
      ink: ink[theme],
      marker,
      dash,
      hollow: isHollow(data, each) ? surface : undefined,
      opacity: opacityOf(name, view),
    }
  })
  const backbones = data.backbones.map(({ name, cost, mean }): EndLabel => ({
    text: plainText(name, 36),
    end: [cost, mean],
    colour: text,
    ink: muted,
    marker: backboneMarker,
  }))
  return [...labels, ...backbones]
}

function costTitleOf(data: CostCurveData, { unit = 'macs' }: CostCurveView): string {
  if (costAxes[data.axis].absolute) return `Inference cost (${macsUnit(rangeOf(data).high, unit).name})`
  const hundred = data.backboneMacs === null ? '' : `; 100\u00a0% = ${macsText(data.backboneMacs, unit)}`
  return `Inference cost (% of ${data.backboneMacs === null ? 'own ' : ''}backbone${hundred})`
}

/** Ratio of the costs of networks from which on small ones would be squeezed into a corner of an even scale. */
const ratioForLog = 4

/** Everything that the horizontal axis shows, with a little air. */
function rangeOf({ axis, series, backbones, budgets }: CostCurveData): Plot['x'] {
  const points = [...series.flatMap(({ curve, exits }) => [...curve, ...exits]), ...backbones]
  const costs = [...points.map(({ cost }) => cost), ...budgets]
  const [lowest, highest] = [Math.min(...costs), Math.max(...costs)]
  const sizes = series.map(({ backboneMacs }) => backboneMacs)
  if (costAxes[axis].absolute && Math.max(...sizes) > ratioForLog * Math.min(...sizes)) {
    const ratio = highest / lowest
    return { low: lowest / ratio ** 0.04, high: highest * ratio ** 0.02, log: true }
  }
  return { low: Math.max(0, lowest - 0.04 * (highest - lowest)), high: highest + 0.02 * (highest - lowest) }
}

interface Surroundings {
  head: FigureHead
  /** Lines of text below the numbers of the horizontal axis. */
  footLines: number
  /** Accuracies of published values that are shown. */
  published: readonly number[]
}

function plotOf(data: CostCurveData, frame: FigureFrame, { head, footLines, published }: Surroundings): Plot {
  const points = data.series.flatMap(({ curve, exits, seeds }) => [
    ...[...curve, ...exits],
    ...seeds.flatMap((each) => each.curve),
  ])
  const accuracies = [...points, ...data.backbones]
  const worst = Math.min(...accuracies.map(({ mean, std }) => mean - (std ?? 0)), ...published)
  const best = Math.max(...accuracies.map(({ mean, std }) => mean + (std ?? 0)), ...published)
  const air = Math.max(0.05 * (best - worst), 0.1)
  return {
    left: 44,
    right: frame.width - head.right,
    top: headHeight + head.rows,
    bottom: frame.height - 35 - noteLineHeight * footLines,
    x: rangeOf(data),
    y: { low: Math.max(0, worst - air), high: Math.min(100, best + air) },
  }
}

/** The backbone's × is named beside the plot. */
function keyOf({ series }: CostCurveData, { published }: CostCurveView): KeyEntry[] {
  const bands = series.some(({ seedCount }) => seedCount > 1)
  const eachSeed = series.some(({ seeds }) => seeds.length > 0)
  return [
    bands && eachSeed
      ? { mark: 'line', text: 'threshold curve, mean; thin: each seed' }
      : bands
        ? { mark: 'line-with-band', text: 'threshold curve, mean ± 1 std' }
        : { mark: 'line', text: 'threshold curve' },
    { mark: { marker: 'circle' }, text: bands ? 'one exit alone, ± 1 std' : 'one exit alone' },
    ...(published?.length ? [{ mark: 'dash' as const, text: 'published' }] : []),
  ]
}
