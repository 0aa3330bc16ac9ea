import type { EChartsOption } from 'echarts'
import type { z } from 'zod'
import type { Figure } from '../../figures/figure.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { measuredMetric } from '../../shared/tables/table-words.ts'
import { chart, type Chart } from '../../figures/chart.ts'
import { costAxes, macsText } from '../../shared/evaluation/cost-axis.ts'
import { unitOf } from '../../shared/evaluation/cost-kind.ts'
import type { EndLabel } from '../../figures/end-labels.ts'
import type { KeyEntry } from '../../figures/key.ts'
import { backboneMarker } from '../../figures/markers.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import { seriesStyle, type FigureTheme } from '../../figures/regimes.ts'
import { mostBands } from '../../figures/series-lines.ts'
import { figureColours } from '../../figures/theme.ts'
import { roundTicks } from '../../figures/ticks.ts'
import { noteIn } from './figure/note.ts'
import { placeFacets } from './figure/facet-places.ts'
import { facetsOf, isStatic } from './facet-series.ts'
import { facetsOption } from './figure/facets.ts'
import { costTicks, costTitleOf, drawnSeries, percent, rangeOf, tickText, valuesOf } from './figure/scales.ts'
import { costCurveSeries, isHollow, opacityOf } from './figure/series.ts'
import type { CostCurveView } from './figure/view.ts'
import { budgetPoints, shownSeries, type CurveAnswer, type curveQuestion } from './schema.ts'

export function figure(
  answer: CurveAnswer,
  { hidden, unit, facets }: Pick<z.output<typeof curveQuestion>, 'hidden' | 'unit' | 'facets'>,
): Figure {
  const view = { hidden, unit, facets }
  return {
    name: comparisonStem(answer.series, 'cost-curve'),
    option: (frame) => costCurveOption(answer, frame, view),
    sentence: costCurveSentence(answer, view),
    height: (frame) => costCurveHeight(answer, frame, view),
  }
}

/**
 * The task's primary metric against mean inference cost (method 7.6): lines are threshold curves with ±1 standard deviation bands over
 * seeds, dots are exits alone with error bars, the × is the bare backbone. A function of data, size and what a screen
 * adds to it alone.
 */
export function costCurveOption(data: CurveAnswer, frame: FigureFrame, view: CostCurveView = {}): EChartsOption {
  const facets = facetsOf(data, view)
  if (facets) return facetsOption(data, facets, { frame, view })
  return costCurveChart(data, frame, view).option(costCurveSeries(data, { theme: frame.theme, view }))
}

/** Each plot of the figure, and the series in it. */
export function costCurvePlots(data: CurveAnswer, frame: FigureFrame, view: CostCurveView = {}) {
  const facets = facetsOf(data, view)
  if (facets) return placeFacets(data, facets, { frame, view }).facets
  return [{ plot: costCurveChart(data, frame, view).plot, series: shownSeries(data, view) }]
}

function costCurveHeight(data: CurveAnswer, frame: FigureFrame, view: CostCurveView): number {
  const facets = facetsOf(data, view)
  if (facets) return placeFacets(data, facets, { frame, view }).height
  return frame.height + costCurveChart(data, frame, view).below
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
      note: noteIn(data),
    },
    frame,
  )
}

/** Text description of the figure. */
export function costCurveSentence(data: CurveAnswer, view: CostCurveView = {}): string {
  const { task, axis } = data
  const series = drawnSeries(data, view)
  const { noun, unit, decimals } = primaryMetric({ task })
  const costOf = (cost: number) =>
    costAxes[axis].absolute ? macsText(cost, unitOf(data, view.unit)) : `${percent(cost)} % of the backbone's cost`
  const ends = series.map(({ name, ...points }) => {
    const last = budgetPoints(points).at(-1)!
    const value = `${last.mean.toFixed(decimals - 1)} ${unit}`.trimEnd()
    return `${plainText(name)} ends at ${value} with ${costOf(last.cost)}`
  })
  return `${measuredMetric(series, { noun })} against mean inference cost: ${ends.join(', ')}.`
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
      ...(!isStatic(each) && { dash }),
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

/** The backbone's × is named beside the plot. */
function keyOf({ series, published }: CurveAnswer): KeyEntry[] {
  const isOverSeeds = series.some(({ seedCount }) => seedCount > 1)
  return [
    isOverSeeds ? lineKey(series) : { mark: 'line', text: 'threshold curve' },
    { mark: { marker: 'circle' }, text: isOverSeeds ? 'single exit, ± 1 std' : 'single exit' },
    ...(published?.length ? [{ mark: 'dash' as const, text: 'published' }] : []),
  ]
}

function lineKey(series: CurveAnswer['series']): KeyEntry {
  if (series.some(({ seeds }) => seeds.length > 0))
    return { mark: 'line', text: 'threshold curve, mean; thin: each seed' }
  return series.length <= mostBands
    ? { mark: 'line-with-band', text: 'threshold curve, mean ± 1 std' }
    : { mark: 'line', text: 'threshold curve, mean' }
}
