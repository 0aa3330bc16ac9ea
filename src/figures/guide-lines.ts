import type { LineSeriesOption } from 'echarts'
import type { FigureColours } from './theme.ts'

type LineStyle = Pick<NonNullable<LineSeriesOption['lineStyle']>, 'color' | 'width' | 'type' | 'opacity'>

/** Across the plot at a value of the vertical or of the horizontal axis; a plain grid line unless it has a style of its own. */
export type GuideLine = ({ yAxis: number } | { xAxis: number }) & { lineStyle?: LineStyle }

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
