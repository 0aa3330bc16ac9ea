import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { MeanStd } from '../../../shared/evaluation/evaluation.ts'
import { markerSymbol } from '../../../figures/markers.ts'
import { errorBars, guideLines, levelBar } from '../../../figures/marks.ts'
import { seriesStyle, type FigureTheme } from '../../../figures/regimes.ts'
import { figureColours, type FigureColours } from '../../../figures/theme.ts'

/** A regime of an experiment, with its gap at each budget. */
export interface OptimismLine {
  name: string
  regime: string
  look: number | null
  /** Whether it belongs to every second experiment, whose markers are hollow. */
  hollow: boolean
  gaps: readonly (MeanStd | null)[]
  opacity: number
}

/** A grid line at each tick of a panel, and a stronger one at zero. */
export function verticalLines(
  ticks: readonly number[],
  { panel, colours }: { panel: number; colours: FigureColours },
): LineSeriesOption {
  const lines = ticks.filter((tick) => tick !== 0).map((tick) => ({ xAxis: tick }))
  return { ...guideLines([...lines, { xAxis: 0, lineStyle: { color: colours.axis } }], colours), ...axesOf(panel) }
}

function axesOf(panel: number) {
  return { xAxisIndex: panel, yAxisIndex: panel }
}

/** The dot of a line in a panel, with its ±1 standard deviation where it has one. */
export function marksOf(
  { name, hollow, gaps, opacity, ...series }: OptimismLine,
  { panel, y, theme }: { panel: number; y: number; theme: FigureTheme },
): (CustomSeriesOption | ScatterSeriesOption)[] {
  const gap = gaps[panel]
  if (!gap) return []
  const { mean, std } = gap
  const { line, marker } = seriesStyle(series)
  const [colour, surface] = [line[theme], figureColours[theme].surface]
  const dot: ScatterSeriesOption = {
    type: 'scatter',
    ...axesOf(panel),
    name,
    z: 4,
    data: [[mean, y]],
    ...markerSymbol(marker, 10),
    itemStyle: hollow
      ? { color: surface, borderColor: colour, borderWidth: 1.25, opacity }
      : { color: colour, borderColor: surface, borderWidth: 1, opacity },
  }
  const bars = std === null ? [] : [levelBar({ y, low: mean - std, high: mean + std })]
  return [...errorBars(name, bars, { colour, width: 1.75, opacity, z: 3, ...axesOf(panel) }), dot]
}
