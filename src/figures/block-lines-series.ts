import type { CustomSeriesOption, LineSeriesOption, SeriesOption } from 'echarts'
import type { BlockLine, BlockLinesData } from './block-lines-data.ts'
import { guideLines } from './guide-lines.ts'
import { markerSymbol } from './markers.ts'
import { seriesStyle } from './regimes.ts'
import type { FigureTheme } from './regimes.ts'
import { spreadBand } from './spread-band.ts'
import { figureColours } from './theme.ts'

/** Everything inside the plot, back to front: grid, the limit, bands, lines with a marker at each block. */
export function blockLinesSeries(
  data: BlockLinesData,
  { theme, ticks, showsLimit }: { theme: FigureTheme; ticks: readonly number[]; showsLimit: boolean },
): SeriesOption[] {
  const colours = figureColours[theme]
  return [
    guideLines(
      ticks.slice(1).map((tick) => ({ yAxis: tick })),
      colours,
    ),
    ...(showsLimit ? limitLine(data, colours.muted) : []),
    ...data.lines.flatMap((line) => band(line, theme)),
    ...data.lines.map((line) => lineOf(line, theme)),
  ]
}

function limitLine({ limit, blockCount }: BlockLinesData, colour: string): LineSeriesOption[] {
  const points = limit!.points.map(({ block, value }): [number, number] => [block, value])
  const [first, last] = [points[0]!, points.at(-1)!]
  return [
    {
      type: 'line',
      name: limit!.name,
      // Over the whole width of the plot.
      data: [[-0.25, first[1]], ...points, [blockCount - 0.75, last[1]]],
      step: 'middle',
      showSymbol: false,
      silent: true,
      z: 2,
      lineStyle: { color: colour, width: 1, type: [3, 3] },
    },
  ]
}

function band({ regime, series, look, points }: BlockLine, theme: FigureTheme): CustomSeriesOption[] {
  const bounds = points.flatMap(({ block, mean, std }) =>
    std === null ? [] : [{ x: block, low: mean - std, high: mean + std }],
  )
  return spreadBand(series, bounds, { colour: seriesStyle({ regime, look }).line[theme] })
}

function lineOf({ regime, series, look, points }: BlockLine, theme: FigureTheme): LineSeriesOption {
  const { line, dash, marker } = seriesStyle({ regime, look })
  const colour = line[theme]
  return {
    type: 'line',
    name: series,
    data: points.map(({ block, mean }) => [block, mean]),
    showSymbol: true,
    ...markerSymbol(marker, 9),
    z: 3,
    lineStyle: { color: colour, width: 1.75, type: dash.length > 0 ? [...dash] : 'solid', join: 'round' },
    itemStyle: { color: colour, borderColor: figureColours[theme].surface, borderWidth: 1, borderJoin: 'round' },
  }
}
