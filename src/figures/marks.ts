import type { CustomSeriesOption, LineSeriesOption } from 'echarts'
import { bandOpacity } from './key.ts'
import type { FigureColours } from './theme.ts'

type LineStyle = NonNullable<LineSeriesOption['lineStyle']>

/** A line of a series, with round joints and without point markers by default. */
export function dataLine(
  name: string,
  data: NonNullable<LineSeriesOption['data']>,
  { colour, width = 1.75, dash = [], opacity = 1, ...rest }: LineLook,
): LineSeriesOption {
  return {
    type: 'line',
    name,
    data,
    z: 3,
    showSymbol: false,
    lineStyle: { color: colour, width, type: dash.length > 0 ? [...dash] : 'solid', join: 'round', opacity },
    itemStyle: { color: colour },
    ...rest,
  }
}

export interface LineLook extends Pick<LineSeriesOption, 'silent' | 'z' | 'step' | 'itemStyle'>, LineSymbols {
  colour: string
  width?: number
  /** Lengths of dashes and gaps in pixels; empty: solid. */
  dash?: readonly number[]
  opacity?: number
}
type LineSymbols = Pick<LineSeriesOption, 'showSymbol' | 'symbol' | 'symbolSize'>

/** Where two equal axes have equal values: dashed, behind the data. */
export function diagonalLine(
  [low, high]: readonly [low: number, high: number],
  { muted }: Pick<FigureColours, 'muted'>,
): LineSeriesOption {
  const ends = [low, high].map((end) => [end, end])
  return dataLine('', ends, { colour: muted, width: 1, dash: [4, 3], z: 2, silent: true })
}

/** Across the plot at a value of the vertical or of the horizontal axis; a plain grid line unless it has a style of its own. */
type GuideLine = ({ yAxis: number } | { xAxis: number }) & {
  lineStyle?: Pick<LineStyle, 'color' | 'width' | 'type' | 'opacity'>
}

/** Lines behind the data, drawn only where they are named: a series without points. */
export function guideLines(lines: GuideLine[], { grid }: Pick<FigureColours, 'grid'>): LineSeriesOption {
  return {
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      animation: false,
      z: 1,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: grid, width: 1, type: 'solid' },
      data: lines,
    },
  }
}

/** Ends of a deviation at a place of the horizontal axis. */
interface Bounds {
  x: number
  low: number
  high: number
}

/** Band of ±1 standard deviation around means; none for one seed. */
export function boundsOf(points: readonly { x: number; mean: number; std: number | null }[]): Bounds[] {
  return points.flatMap(({ x, mean, std }) => (std === null ? [] : [{ x, low: mean - std, high: mean + std }]))
}

/** The area between bounds, behind the lines; nothing without any. */
export function spreadBand(
  name: string,
  bounds: readonly Bounds[],
  { colour, opacity = 1 }: { colour: string; opacity?: number },
): CustomSeriesOption[] {
  const outline = [...bounds.map(({ x, high }) => [x, high]), ...bounds.toReversed().map(({ x, low }) => [x, low])]
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
              style: { fill: colour, opacity: bandOpacity * opacity },
            },
    },
  ]
}

/** The band of a line, or the bar of a single point: an area needs two. */
export function spreadOf(
  name: string,
  points: readonly { x: number; mean: number; std: number | null }[],
  look: { colour: string },
): CustomSeriesOption[] {
  const bounds = boundsOf(points)
  if (points.length > 1) return spreadBand(name, bounds, look)
  return errorBars(name, bounds.map(uprightBar), look)
}

type Point = readonly [x: number, y: number]
type Bar = readonly [from: Point, to: Point]

export const uprightBar = ({ x, low, high }: Bounds): Bar => [
  [x, low],
  [x, high],
]
export const levelBar = ({ y, low, high }: { y: number; low: number; high: number }): Bar => [
  [low, y],
  [high, y],
]

/** Thin lines between two points, ±1 standard deviation of single values. */
export function errorBars(
  name: string,
  bars: readonly Bar[],
  { colour, width = 1, opacity = 1, ...rest }: BarLook,
): CustomSeriesOption[] {
  if (bars.length === 0) return []
  return [
    {
      type: 'custom',
      name,
      z: 4,
      silent: true,
      clip: true,
      data: bars.map(([from]) => [...from]),
      encode: { x: 0, y: 1 },
      renderItem: ({ dataIndex }, { coord }) => {
        const [[x1, y1], [x2, y2]] = bars[dataIndex]!.map((point) => coord([...point])) as [number[], number[]]
        return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: width, opacity } }
      },
      ...rest,
    },
  ]
}

interface BarLook extends Pick<CustomSeriesOption, 'xAxisIndex' | 'yAxisIndex' | 'z'> {
  colour: string
  width?: number
  opacity?: number
}
