import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, SeriesOption } from 'echarts'
import type { CostCurveData, CostCurveSeries, CostPoint } from './cost-curve-data.ts'
import { bandOpacity } from './key.ts'
import { backboneMarker, markerSymbol } from './markers.ts'
import type { MarkerName } from './markers.ts'
import { regimeStyles } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { figureColours } from './theme.ts'
import type { FigureColours } from './theme.ts'

/** Everything inside the plot, back to front: grid and budgets, bands, lines, error bars, dots, backbone. */
export function costCurveSeries(
  data: CostCurveData,
  { theme, yTicks }: { theme: FigureTheme; yTicks: readonly number[] },
): SeriesOption[] {
  return [
    referenceLines(data.budgets, yTicks, figureColours[theme]),
    ...data.series.flatMap((series) => band(series, theme)),
    ...data.series.map((series) => line(series, { theme, width: lineWidth(data, series) })),
    ...data.series.flatMap((series) => errorBars(series.name, series.exits, regimeStyles[series.regime].line[theme])),
    ...data.series.map((series) => exitDots(series, { theme, hollow: isHollow(data, series) })),
    ...(data.backbone ? backboneCross({ cost: 1, ...data.backbone }, theme) : []),
  ]
}

/** A regime looks the same in every experiment, but markers of each second experiment are hollow … */
export function isHollow(data: CostCurveData, series: CostCurveSeries): boolean {
  return experimentIndex(data, series) % 2 === 1
}

/** … and the lines of each experiment thinner than those of the one before. */
function lineWidth(data: CostCurveData, series: CostCurveSeries): number {
  return Math.max(0.75, 1.75 - 0.5 * experimentIndex(data, series))
}

function experimentIndex({ series }: CostCurveData, { experiment }: CostCurveSeries): number {
  return [...new Set(series.map((each) => each.experiment))].indexOf(experiment)
}

function exitDots(
  { regime, name, exits }: CostCurveSeries,
  { theme, hollow }: { theme: FigureTheme; hollow: boolean },
): ScatterSeriesOption {
  const { line, marker } = regimeStyles[regime]
  const [colour, surface] = [line[theme], figureColours[theme].surface]
  const itemStyle = hollow
    ? { color: surface, borderColor: colour, borderWidth: 1.25 }
    : { color: colour, borderColor: surface, borderWidth: 1 }
  return dots(name, exits, { marker, size: hollow ? 8 : 9, z: 5, itemStyle })
}

/** Drawn twice: thin as it is, its outline would eat it up, so a wider one in the ground's colour lies below. */
function backboneCross(point: CostPoint, theme: FigureTheme): SeriesOption[] {
  const { surface, text } = figureColours[theme]
  const cross = { marker: backboneMarker, size: 11 }
  const halo = { color: surface, borderColor: surface, borderWidth: 3 }
  return [
    ...errorBars('bare backbone', [point], text),
    dots('bare backbone', [point], { ...cross, z: 6, itemStyle: halo }),
    dots('bare backbone', [point], { ...cross, z: 7, itemStyle: { color: text } }),
  ]
}

/** Horizontal grid lines, and a vertical line at each budget. */
function referenceLines(
  budgets: readonly number[],
  yTicks: readonly number[],
  { grid, axis }: FigureColours,
): LineSeriesOption {
  const lineStyle = { color: axis, width: 1, type: [2, 3], opacity: 0.6 }
  return {
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      z: 1,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: grid, width: 1, type: 'solid' },
      data: [...yTicks.map((tick) => ({ yAxis: tick })), ...budgets.map((budget) => ({ xAxis: budget, lineStyle }))],
    },
  }
}

function line(
  { name, regime, curve }: CostCurveSeries,
  { theme, width }: { theme: FigureTheme; width: number },
): LineSeriesOption {
  const { line, dash } = regimeStyles[regime]
  return {
    type: 'line',
    name,
    data: distinct(curve).map(({ cost, mean }) => [cost, mean]),
    showSymbol: false,
    z: 3,
    lineStyle: { color: line[theme], width, type: dash.length > 0 ? [...dash] : 'solid', join: 'round' },
    itemStyle: { color: line[theme] },
  }
}

/** The area between mean − std and mean + std; nothing with one seed. */
function band({ name, regime, curve }: CostCurveSeries, theme: FigureTheme): CustomSeriesOption[] {
  const points = distinct(curve)
  const upper = points.flatMap(({ cost, mean, std }) => (std === null ? [] : [[cost, mean + std]]))
  const lower = points.flatMap(({ cost, mean, std }) => (std === null ? [] : [[cost, mean - std]]))
  const outline = [...upper, ...lower.toReversed()]
  if (outline.length === 0) return []
  return [
    {
      type: 'custom',
      name,
      z: 2,
      silent: true,
      clip: true,
      data: outline,
      encode: { x: 0, y: 1 },
      renderItem: ({ dataIndex }, { coord }) =>
        dataIndex > 0
          ? null
          : {
              type: 'polygon',
              shape: { points: outline.map((point) => coord(point)) },
              style: { fill: regimeStyles[regime].line[theme], opacity: bandOpacity },
            },
    },
  ]
}

function errorBars(name: string, points: readonly CostPoint[], colour: string): CustomSeriesOption[] {
  const bars = points.flatMap(({ cost, mean, std }) => (std === null ? [] : [[cost, mean - std, mean + std]]))
  if (bars.length === 0) return []
  return [
    {
      type: 'custom',
      name,
      z: 4,
      silent: true,
      clip: true,
      data: bars,
      encode: { x: 0, y: [1, 2] },
      renderItem: ({ dataIndex }, { coord }) => {
        const [cost, low, high] = bars[dataIndex]!
        const [from, to] = [coord([cost!, low!]), coord([cost!, high!])]
        return {
          type: 'line',
          shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
          style: { stroke: colour, lineWidth: 1, opacity: 0.8 },
        }
      },
    },
  ]
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

/** Without neighbours that lie on each other, as most low thresholds do. */
function distinct(points: readonly CostPoint[]): CostPoint[] {
  return points.filter((point, i) => {
    const previous = points[i - 1]
    return !previous || previous.cost !== point.cost || previous.mean !== point.mean || previous.std !== point.std
  })
}
