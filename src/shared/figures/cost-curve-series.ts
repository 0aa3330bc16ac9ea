import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, SeriesOption } from 'echarts'
import type { CostCurveData, CostCurveSeries, CostPoint } from './cost-curve-data.ts'
import { bandOpacity } from './key.ts'
import { backboneMarker, markerSymbol } from './markers.ts'
import type { MarkerName } from './markers.ts'
import { regimeStyles } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { figureColours } from './theme.ts'

/** Everything inside the plot, back to front: budgets, bands, lines, error bars, dots, backbone. */
export function costCurveSeries(data: CostCurveData, theme: FigureTheme): SeriesOption[] {
  return [
    budgetLines(data.budgets, figureColours[theme].grid),
    ...data.series.flatMap((series) => band(series, theme)),
    ...data.series.map((series) => line(series, theme)),
    ...data.series.flatMap((series) => errorBars(series.name, series.exits, regimeStyles[series.regime].line[theme])),
    ...data.series.map((series) => exitDots(series, theme)),
    ...(data.backbone ? backboneCross({ cost: 1, ...data.backbone }, theme) : []),
  ]
}

function exitDots({ regime, name, exits }: CostCurveSeries, theme: FigureTheme): ScatterSeriesOption {
  const { line, marker } = regimeStyles[regime]
  const outline = { borderColor: figureColours[theme].surface, borderWidth: 1 }
  return dots(name, exits, { marker, size: 9, z: 5, itemStyle: { color: line[theme], ...outline } })
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

function budgetLines(budgets: readonly number[], colour: string): LineSeriesOption {
  return {
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      z: 1,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: colour, width: 1, type: 'solid' },
      data: budgets.map((budget) => ({ xAxis: budget })),
    },
  }
}

function line({ name, regime, curve }: CostCurveSeries, theme: FigureTheme): LineSeriesOption {
  const { line, dash } = regimeStyles[regime]
  return {
    type: 'line',
    name,
    data: distinct(curve).map(({ cost, mean }) => [cost, mean]),
    showSymbol: false,
    z: 3,
    lineStyle: { color: line[theme], width: 1.75, type: dash.length > 0 ? [...dash] : 'solid', join: 'round' },
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
