import type { EChartsOption } from 'echarts'
import type { z } from 'zod'
import type { Figure } from '../../figures/figure.ts'
import { fileStem } from '../../shared/file-name.ts'
import { plainText } from '../../shared/plain-text.ts'
import { inUnit, withUnit } from '../../shared/metric.ts'
import { primaryMetric } from '../../shared/task.ts'
import { measuredMetric } from '../../shared/table-words.ts'
import { extent } from '../../shared/statistics.ts'
import { chart, type Chart } from '../../figures/chart.ts'
import { costAxes, macsText, macsUnit, unitOf, type CostUnit } from '../../shared/cost-axis.ts'
import type { EndLabel } from '../../figures/end-labels.ts'
import type { KeyEntry } from '../../figures/key.ts'
import { backboneMarker } from '../../figures/markers.ts'
import type { FigureFrame, Plot } from '../../figures/plot.ts'
import { seriesStyle, type FigureTheme } from '../../figures/regimes.ts'
import { figureColours } from '../../figures/theme.ts'
import { ratioTicks, roundTicks } from '../../figures/ticks.ts'
import { costCurveSeries, isHollow, opacityOf } from './figure/series.ts'
import type { CostCurveView } from './figure/view.ts'
import { budgetPoints, shownSeries, type CurveAnswer, type curveQuestion } from './schema.ts'

export function figure(
  answer: CurveAnswer,
  { hidden, unit }: Pick<z.output<typeof curveQuestion>, 'hidden' | 'unit'>,
): Figure {
  const view = { hidden, unit }
  return {
    name: fileStem(
      answer.series.map(({ experiment }) => experiment),
      'cost-curve',
    ),
    option: (frame) => costCurveOption(answer, frame, view),
    sentence: costCurveSentence(answer, view),
    height: (frame) => frame.height + costCurveChart(answer, frame, view).below,
  }
}

/**
 * The task's primary metric against mean inference cost (method 7.6): lines are threshold curves with ±1 standard deviation bands over
 * seeds, dots are exits alone with error bars, the × is the bare backbone. A function of data, size and what a screen
 * adds to it alone.
 */
export function costCurveOption(data: CurveAnswer, frame: FigureFrame, view: CostCurveView = {}): EChartsOption {
  return costCurveChart(data, frame, view).option(costCurveSeries(data, { theme: frame.theme, view }))
}

/** Everything around the data, and where the data is drawn. */
export function costCurveChart(data: CurveAnswer, frame: FigureFrame, view: CostCurveView = {}): Chart {
  const unit = unitOf(data, view.unit)
  const drawn = { ...data, series: drawnSeries(data, view) }
  const x = rangeOf(drawn)
  const y = valuesOf(drawn)
  const metric = primaryMetric(data)
  return chart(
    {
      title: withUnit(measuredMetric(drawn.series, metric), metric),
      key: keyOf(drawn),
      labels: labelsOf(data, frame.theme, view),
      x: {
        ...x,
        title: costTitleOf(drawn, view),
        ticks: () => costTicks(data, x, unit),
        text: tickText(data, x, unit),
      },
      y: { ...y, ticks: roundTicks(y.low, y.high, 8) },
      note: plainText(data.note),
    },
    frame,
  )
}

/** Those that are shown; all where none is, so that the axes stay. */
function drawnSeries(data: CurveAnswer, view: CostCurveView) {
  const shown = shownSeries(data, view)
  return shown.length > 0 ? shown : data.series
}

/** Text description of the figure. */
export function costCurveSentence(data: CurveAnswer, view: CostCurveView = {}): string {
  const { task, latency, axis } = data
  const series = drawnSeries(data, view)
  const { noun, unit, decimals } = primaryMetric({ task })
  const costOf = (cost: number) =>
    costAxes[axis].absolute
      ? macsText(cost, unitOf({ latency }, view.unit))
      : `${percent(cost)} % of the backbone's cost`
  const ends = series.map(({ name, ...points }) => {
    const last = budgetPoints(points).at(-1)!
    const value = `${last.mean.toFixed(decimals - 1)} ${unit}`.trimEnd()
    return `${plainText(name)} ends at ${value} with ${costOf(last.cost)}`
  })
  return `${measuredMetric(series, { noun })} against mean inference cost: ${ends.join(', ')}.`
}

function costTicks({ axis, budgets }: CurveAnswer, x: Plot['x'], unit: CostUnit): number[] {
  if (costAxes[axis].absolute) {
    const { size } = macsUnit(x.high, unit)
    const round = x.log ? ratioTicks : roundTicks
    return round(x.low / size, x.high / size, 8).map((tick) => tick * size)
  }
  if (budgets.length >= 2 && budgets.length <= 6) return [...budgets]
  return roundTicks(x.low, x.high, 6)
}

function tickText({ axis }: CurveAnswer, x: Plot['x'], unit: CostUnit): (cost: number) => string {
  if (!costAxes[axis].absolute) return percent
  const { size } = macsUnit(x.high, unit)
  return (cost) => String(Number((cost / size).toPrecision(6)))
}

/** Characters of a name; what does not fit into the figure is cut where names still differ. */
const longestName = 120

function labelsOf(data: CurveAnswer, theme: FigureTheme, view: CostCurveView): EndLabel[] {
  const series = shownSeries(data, view)
  const { text, muted, surface } = figureColours[theme]
  const alike = new Set(series.map(({ seedCount }) => seedCount)).size === 1
  const labels = series.map((each): EndLabel => {
    const { name, seedCount } = each
    const { line, ink, marker, dash } = seriesStyle(each)
    const last = budgetPoints(each).at(-1)!
    return {
      text: plainText(name, longestName) + (alike ? '' : `, n = ${seedCount}`),
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
    text: plainText(name, longestName),
    end: [cost, mean],
    colour: text,
    ink: muted,
    marker: backboneMarker,
  }))
  return [...labels, ...backbones]
}

function costTitleOf(data: CurveAnswer, view: CostCurveView): string {
  const unit = unitOf(data, view.unit)
  if (costAxes[data.axis].absolute) return `Inference cost (${macsUnit(rangeOf(data).high, unit).name})`
  const hundred = data.backboneCost === null ? '' : `; 100\u00a0% = ${macsText(data.backboneCost, unit)}`
  return `Inference cost (% of ${data.backboneCost === null ? 'own ' : ''}backbone${hundred})`
}

/** Ratio of the costs of networks from which on small ones would be squeezed into a corner of an even scale. */
const ratioForLog = 4

/** Everything that the horizontal axis shows, with a little air. */
function rangeOf({ axis, series, backbones, budgets }: CurveAnswer): Plot['x'] {
  const points = [...series.flatMap(({ curve, exits }) => [...curve, ...exits]), ...backbones]
  const costs = [...points.map(({ cost }) => cost), ...budgets]
  const [lowest, highest] = extent(costs) as [number, number]
  const sizes = series.flatMap(({ backboneCost }) => (backboneCost === null ? [] : [backboneCost]))
  if (costAxes[axis].absolute && Math.max(...sizes) > ratioForLog * Math.min(...sizes)) {
    const ratio = highest / lowest
    return { low: lowest / ratio ** 0.04, high: highest * ratio ** 0.02, log: true }
  }
  return { low: Math.max(0, lowest - 0.04 * (highest - lowest)), high: highest + 0.02 * (highest - lowest) }
}

/** Values of everything that is shown, with a little air. */
function valuesOf({ task, series, backbones, published = [] }: CurveAnswer): Plot['y'] {
  const names = new Set(series.map(({ name }) => name))
  const points = series.flatMap(({ curve, exits, seeds }) => [curve, exits, ...seeds.map((each) => each.curve)].flat())
  const [lowest, highest] = extent([
    ...[...points, ...backbones].flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)]),
    ...published.filter((each) => names.has(each.series)).map(({ value }) => value),
  ]) as [number, number]
  const metric = primaryMetric({ task })
  const [least, most] = metric.range.map((end) => inUnit(metric, end)) as [number, number]
  const air = Math.max(0.05 * (highest - lowest), 10 ** (1 - metric.decimals))
  return { low: Math.max(least, lowest - air), high: Math.min(most, highest + air) }
}

/** The backbone's × is named beside the plot. */
function keyOf({ series, published }: CurveAnswer): KeyEntry[] {
  const bands = series.some(({ seedCount }) => seedCount > 1)
  const eachSeed = series.some(({ seeds }) => seeds.length > 0)
  return [
    bands && eachSeed
      ? { mark: 'line', text: 'threshold curve, mean; thin: each seed' }
      : bands
        ? { mark: 'line-with-band', text: 'threshold curve, mean ± 1 std' }
        : { mark: 'line', text: 'threshold curve' },
    { mark: { marker: 'circle' }, text: bands ? 'single exit, ± 1 std' : 'single exit' },
    ...(published?.length ? [{ mark: 'dash' as const, text: 'published' }] : []),
  ]
}

function percent(fraction: number): string {
  return String(Number((100 * fraction).toFixed(1)))
}
