import type { EChartsOption } from 'echarts'
import { plainText } from '../plain-text.ts'
import type { CostCurveData } from './cost-curve-data.ts'
import { costCurveMarker } from './cost-curve-marker.ts'
import { costCurveSeries, isHollow, opacityOf, shownSeries } from './cost-curve-series.ts'
import type { CostCurveView, CostUnit } from './cost-curve-view.ts'
import { endLabelGap, endLabels } from './end-labels.ts'
import type { EndLabel } from './end-labels.ts'
import { figureKey, figureKeyWidth } from './key.ts'
import type { KeyEntry } from './key.ts'
import { backboneMarker } from './markers.ts'
import { textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { regimeStyles } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { roundTicks } from './scale.ts'
import { lineOfText, wrapped } from './text.ts'
import { figureColours, figureFont, figureFontSize } from './theme.ts'

const accuracyTitle = 'Test accuracy (%)'
const keyRowHeight = 18
const noteLineHeight = 15

/**
 * Accuracy against mean inference cost (method 7.6): lines are threshold curves with ±1 standard deviation bands over
 * seeds, dots are exits alone with error bars, the × is the bare backbone. A function of data, size and what a screen
 * adds to it alone.
 */
export function costCurveOption(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): EChartsOption {
  const colours = figureColours[frame.theme]
  const { plot, labels, note, key, keyBelow } = layoutOf(data, frame, view)
  const yTicks = roundTicks(plot.y.low, plot.y.high, 8)
  const tickText = { color: colours.muted, fontSize: figureFontSize, fontFamily: figureFont }
  const xTicks = costTicks(data.budgets, plot)
  return {
    animation: false,
    backgroundColor: colours.surface,
    textStyle: { fontFamily: figureFont },

    grid: { left: plot.left, right: frame.width - plot.right, top: plot.top, bottom: frame.height - plot.bottom },
    xAxis: {
      type: 'value',
      min: plot.x.low,
      max: plot.x.high,
      axisLine: { show: true, onZero: false, lineStyle: { color: colours.axis, width: 1 } },
      axisTick: { show: true, length: 4, lineStyle: { color: colours.axis }, customValues: xTicks },
      axisLabel: { ...tickText, customValues: xTicks, formatter: percent },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: plot.y.low,
      max: plot.y.high,
      axisLine: { show: false },
      axisTick: { show: false, customValues: yTicks },
      axisLabel: { ...tickText, customValues: yTicks },
      splitLine: { show: false },
    },
    series: costCurveSeries(data, { theme: frame.theme, yTicks, view }),
    graphic: [
      ...endLabels(labels, plot),
      ...(frame.key === false
        ? []
        : figureKey(key, { right: frame.width - 8, y: keyBelow ? 16 + keyRowHeight : 16, colours })),
      lineOfText(accuracyTitle, { x: 8, y: 16, colour: colours.text }),
      costTitle(data, plot, { colour: colours.text, unit: view.unit ?? 'macs' }),
      ...note.map((line, i) =>
        lineOfText(line, { x: 8, y: plot.bottom + 55 + noteLineHeight * i, colour: colours.muted }),
      ),
      ...(view.marker ? costCurveMarker(view.marker, plot, colours) : []),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function costCurveSentence({ series }: CostCurveData): string {
  const ends = series.map(({ name, curve }) => {
    const last = curve.at(-1)!
    return `${plainText(name)} ends at ${last.mean.toFixed(1)} % with ${percent(last.cost)} % of the backbone's cost`
  })
  return `Test accuracy against mean inference cost: ${ends.join(', ')}.`
}

/** The rectangle that the figure draws its data in, and the ranges it shows. */
export function costCurvePlot(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): Plot {
  return layoutOf(data, frame, view).plot
}

function layoutOf(data: CostCurveData, frame: FigureFrame, view: CostCurveView) {
  const labels = labelsOf(data, frame.theme, view)
  const note = wrapped(plainText(data.note), frame.width - 16)
  const key = keyOf(data, view)
  const keyBelow = frame.key !== false && textWidth(accuracyTitle) + 40 + figureKeyWidth(key) > frame.width
  const shown = shownSeries(data, view)
  const plot = plotOf({ ...data, series: shown.length > 0 ? shown : data.series }, frame, {
    labels,
    noteLines: note.length,
    keyRows: keyBelow ? 1 : 0,
  })
  return { plot, labels, note, key, keyBelow }
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
}

function plotOf(data: CostCurveData, frame: FigureFrame, { labels, noteLines, keyRows }: Surroundings): Plot {
  const points = data.series.flatMap(({ curve, exits }) => [...curve, ...exits])
  const costs = [...points.map(({ cost }) => cost), ...data.budgets, ...(data.backbone ? [1] : [])]
  const [lowest, highest] = [Math.min(...costs), Math.max(...costs)]
  const accuracies = [...points, ...(data.backbone ? [data.backbone] : [])]
  const worst = Math.min(...accuracies.map(({ mean, std }) => mean - (std ?? 0)))
  const best = Math.max(...accuracies.map(({ mean, std }) => mean + (std ?? 0)))
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

function costTicks(budgets: readonly number[], { x }: Plot): number[] {
  if (budgets.length >= 2 && budgets.length <= 6) return [...budgets]
  return roundTicks(x.low, x.high, 6)
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

/** Centred below the plot, as far as a narrow figure lets it. */
function costTitle(
  { backboneMacs }: CostCurveData,
  { left, right, bottom }: Plot,
  { colour, unit }: { colour: string; unit: CostUnit },
) {
  const hundred = backboneMacs === null ? '' : `; 100\u00a0% = ${operations(backboneMacs, unit)}`
  const title = `Inference cost (% of backbone${hundred})`
  const centre = Math.max((left + right) / 2, 8 + textWidth(title) / 2)
  return lineOfText(title, { x: centre, y: bottom + 32, colour, align: 'center' })
}

function operations(macs: number, unit: CostUnit): string {
  const count = unit === 'flops' ? 2 * macs : macs
  const [divisor, prefix] = count >= 1e9 ? [1e9, 'G'] : count >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  const digits = (count / divisor).toPrecision(3)
  return unit === 'flops' ? `${digits}\u00a0${prefix}FLOPs` : `${digits}\u00a0${prefix} multiply-adds`
}

function percent(fraction: number): string {
  return String(Number((100 * fraction).toFixed(1)))
}
