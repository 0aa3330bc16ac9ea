import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, SeriesOption } from 'echarts'
import { fadedOpacity } from '../../../figures/key.ts'
import { backboneMarker, markerSymbol, type MarkerName } from '../../../figures/markers.ts'
import { boundsOf, dataLine, errorBars, guideLines, spreadBand, uprightBar } from '../../../figures/marks.ts'
import { seriesStyle, type FigureTheme } from '../../../figures/regimes.ts'
import { mostBands } from '../../../figures/series-lines.ts'
import { figureColours, type FigureColours } from '../../../figures/theme.ts'
import { shownSeries, type CostCurveSeries, type CostPoint, type CurveAnswer } from '../schema.ts'
import type { CostCurveView } from './view.ts'

interface Look {
  theme: FigureTheme
  view: CostCurveView
}

/** Everything inside the plot, back to front: grid and budgets, bands, lines, error bars, dots, published values, backbone. */
export function costCurveSeries(data: CurveAnswer, { theme, view }: Look): SeriesOption[] {
  const shown = shownSeries(data, view)
  const look = (series: CostCurveSeries) => ({ theme, opacity: opacityOf(series.name, view) })
  return [
    budgetLines(data.budgets, figureColours[theme]),
    ...shown.flatMap((series) => spread(series, look(series), shown.length <= mostBands)),
    ...shown.map((series) => line(series, { ...look(series), width: lineWidth(data, series) })),
    ...shown.flatMap((series) => errorBars(series.name, barsOf(series.exits), barLook(series, look(series)))),
    ...shown.map((series) => exitDots(series, { ...look(series), hollow: isHollow(data, series) })),
    ...shown.flatMap((series) => publishedDashes(series, data, look(series))),
    ...data.backbones.flatMap((backbone) => backboneCross(backbone, theme)),
  ]
}

/** 1, or small if others are focused. */
export function opacityOf(name: string, { focused = [] }: CostCurveView): number {
  return focused.length === 0 || focused.includes(name) ? 1 : fadedOpacity
}

/** A regime looks the same in every experiment, but markers of each second experiment, and of what is imported, are hollow … */
export function isHollow(data: CurveAnswer, series: CostCurveSeries): boolean {
  return series.imported !== undefined || experimentIndex(data, series) % 2 === 1
}

/** … and the lines of each experiment thinner than those of the previous one. */
function lineWidth(data: CurveAnswer, series: CostCurveSeries): number {
  return Math.max(0.75, 1.75 - 0.5 * experimentIndex(data, series))
}

function experimentIndex({ series }: CurveAnswer, { experiment }: CostCurveSeries): number {
  return [...new Set(series.map((each) => each.experiment))].indexOf(experiment)
}

interface SeriesLook {
  theme: FigureTheme
  /** 1, or less if another series is focused. */
  opacity: number
}

function barLook(series: CostCurveSeries, { theme, opacity }: SeriesLook) {
  return { colour: seriesStyle(series).line[theme], opacity: 0.8 * opacity }
}

function exitDots(
  { name, exits, ...series }: CostCurveSeries,
  { theme, opacity, hollow }: SeriesLook & { hollow: boolean },
): ScatterSeriesOption {
  const { line, marker } = seriesStyle(series)
  const [colour, surface] = [line[theme], figureColours[theme].surface]
  const itemStyle = hollow
    ? { color: surface, borderColor: colour, borderWidth: 1.25 }
    : { color: colour, borderColor: surface, borderWidth: 1 }
  return dots(name, exits, { marker, size: hollow ? 8 : 9, z: 5, itemStyle: { ...itemStyle, opacity } })
}

/** Drawn twice: a wider × in the background colour below it keeps the thin one visible. */
function backboneCross(point: CurveAnswer['backbones'][number], theme: FigureTheme): SeriesOption[] {
  const { surface, text } = figureColours[theme]
  const cross = { marker: backboneMarker, size: 11 }
  const halo = { color: surface, borderColor: surface, borderWidth: 3 }
  return [
    ...errorBars(point.name, barsOf([point]), { colour: text, opacity: 0.8 }),
    dots(point.name, [point], { ...cross, z: 6, itemStyle: halo }),
    dots(point.name, [point], { ...cross, z: 7, itemStyle: { color: text } }),
  ]
}

function budgetLines(budgets: readonly number[], colours: FigureColours): LineSeriesOption {
  const lineStyle = { color: colours.axis, width: 1, type: [2, 3], opacity: 0.6 }
  return guideLines(
    budgets.map((budget) => ({ xAxis: budget, lineStyle })),
    colours,
  )
}

function line(
  { name, curve, ...series }: CostCurveSeries,
  { theme, opacity, width }: SeriesLook & { width: number },
): LineSeriesOption {
  const { line, dash } = seriesStyle(series)
  return dataLine(name, placesOf(curve), { colour: line[theme], width, dash, opacity })
}

function placesOf(curve: readonly CostPoint[]): number[][] {
  return distinct(curve).map(({ cost, mean }) => [cost, mean])
}

/** Variation over seeds: their curves if given, else a band, if few series are shown. */
function spread(series: CostCurveSeries, look: SeriesLook, isOfFew: boolean): SeriesOption[] {
  if (series.seeds.length > 0) return seedLines(series, look)
  return isOfFew ? band(series, look) : []
}

/** The curve of each seed, behind the mean of all. */
function seedLines({ name, seeds, ...series }: CostCurveSeries, { theme, opacity }: SeriesLook): LineSeriesOption[] {
  const look = { colour: seriesStyle(series).line[theme], width: 0.75, opacity: 0.6 * opacity, silent: true, z: 2 }
  return seeds.map(({ curve }) => dataLine(name, placesOf(curve), look))
}

/** The area between mean − std and mean + std; nothing with one seed. */
function band({ name, curve, ...series }: CostCurveSeries, { theme, opacity }: SeriesLook): CustomSeriesOption[] {
  return spreadBand(name, boundsAt(distinct(curve)), { colour: seriesStyle(series).line[theme], opacity })
}

const barsOf = (points: readonly CostPoint[]) => boundsAt(points).map(uprightBar)

const boundsAt = (points: readonly CostPoint[]) =>
  boundsOf(points.map(({ cost, mean, std }) => ({ x: cost, mean, std })))

/** Short horizontal lines where a published table has a value at a budget, under the dots' colours. */
function publishedDashes(
  { name, ...series }: CostCurveSeries,
  { published = [] }: CurveAnswer,
  { theme, opacity }: SeriesLook,
): ScatterSeriesOption[] {
  const data = published.filter((point) => point.series === name).map(({ cost, value }) => [cost, value])
  if (data.length === 0) return []
  const itemStyle = { color: seriesStyle(series).line[theme], opacity }
  return [{ type: 'scatter', name, z: 5, silent: true, data, symbol: 'rect', symbolSize: [12, 2], itemStyle }]
}

interface DotStyle {
  marker: MarkerName
  size: number
  z: number
  itemStyle: ScatterSeriesOption['itemStyle']
}

function dots(
  name: string,
  points: readonly CostPoint[],
  { marker, size, z, itemStyle }: DotStyle,
): ScatterSeriesOption {
  return {
    type: 'scatter',
    name,
    z,
    data: points.map(({ cost, mean }) => [cost, mean]),
    ...markerSymbol(marker, size),
    itemStyle: { borderJoin: 'round', opacity: 1, ...itemStyle },
  }
}

/** Without consecutive equal points, which are frequent at low thresholds. */
function distinct(points: readonly CostPoint[]): CostPoint[] {
  return points.filter((point, i) => {
    const previous = points[i - 1]
    return !previous || previous.cost !== point.cost || previous.mean !== point.mean || previous.std !== point.std
  })
}
