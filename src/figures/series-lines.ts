import type { EChartsOption, SeriesOption } from 'echarts'
import type { MeanStd } from '../shared/evaluation/evaluation.ts'
import { plainText } from '../shared/text/plain-text.ts'
import { regimeLooks } from '../shared/experiment/series.ts'
import { chart } from './chart.ts'
import { seriesLabels } from './end-labels.ts'
import { seedsKey } from './key.ts'
import { markerSymbol } from './markers.ts'
import { dataLine, diagonalLine, spreadOf } from './marks.ts'
import type { FigureFrame } from './plot.ts'
import { seriesStyle, type FigureTheme } from './regimes.ts'
import { figureColours } from './theme.ts'
import { roundTicks, ticksAround } from './ticks.ts'

/** The bands of more lines cover one another, and the lines: means alone are drawn. */
export const mostBands = 7

/** A mean of each series at some places of the horizontal axis, with ±1 standard deviation over seeds. */
interface SeriesLines {
  /** Of the vertical axis, with its unit. */
  title: string
  /** Of the horizontal axis, with its unit. */
  xTitle: string
  /** Its end; it begins at zero. */
  xHigh: number
  /** Whether the vertical axis begins at zero, too, and a dashed line shows where both are equal. */
  hasEqualLine?: boolean
  note: string
  lines: readonly SeriesLine[]
}

export interface SeriesLine {
  regime: string
  series: string
  look: number | null
  /** None, of what is not over seeds. */
  seeds: readonly number[]
  points: readonly (MeanStd & { x: number })[]
}

/** Characters of the name of an experiment that tell it from most others. */
const mostOfName = 36

/** The name of a series, with its experiment where several are shown, cut short where that tells it from the others. */
export function nameAmong({ series, experiment }: NamedRow, rows: readonly NamedRow[]): string {
  const others = rows.filter((each) => each.experiment !== experiment)
  if (others.length === 0) return series
  const beginning = experiment.slice(0, mostOfName - 1)
  const isLike = others.some((each) => each.experiment.startsWith(beginning))
  return `${series}, ${plainText(experiment, isLike ? Infinity : mostOfName)}`
}

interface NamedRow {
  experiment: string
  series: string
}

/** Rows as lines are named. */
export function lineNames<Row extends NamedRow & { regime: string | null }>(
  rows: readonly Row[],
): (Row & { regime: string })[] {
  return rows.map((row) => ({ ...row, regime: row.regime ?? '', series: nameAmong(row, rows) }))
}

/** More names cannot be read beside a plot, nor as many looks be told apart: lines have those of their regimes. */
const mostNamed = 16

type NamedLine = Pick<SeriesLine, 'regime' | 'series' | 'look' | 'seeds'>

/** Lines as they are drawn, what of them is named, and the frame with the place of these names. */
export function linesAndNames<Line extends NamedLine>(lines: readonly Line[], frame: FigureFrame) {
  if (lines.length <= mostNamed) return { drawn: lines, named: lines, frame }
  const regimes = Map.groupBy(lines, ({ regime }) => regime)
  const looks = regimeLooks(lines)
  const drawn = lines.map((line) => ({ ...line, look: looks.get(line.regime)! }))
  const named = [...regimes].map(([regime, [first]]) => ({
    ...first!,
    look: looks.get(regime)!,
    series: regime,
    seeds: [],
  }))
  return { drawn, named, frame: { ...frame, names: frame.names ?? ('above' as const) } }
}

/** A line of points for each series, of few with a band of ±1 standard deviation. A function of data and size alone. */
export function seriesLinesOption(
  { title, xTitle, xHigh, hasEqualLine = false, note, lines }: SeriesLines,
  wanted: FigureFrame,
): EChartsOption {
  const { drawn, named, frame } = linesAndNames(lines, wanted)
  const around = ({ mean, std }: MeanStd) => [mean - (std ?? 0), mean + (std ?? 0)]
  const ends = [...lines.flatMap(({ points }) => points.flatMap(around)), ...(hasEqualLine ? [0, xHigh] : [])]
  const hasBands = lines.length <= mostBands
  const counts = lines.map(({ seeds }) => seeds.length)
  const { option } = chart(
    {
      title,
      key: counts.some((count) => count > 0) ? [seedsKey(counts, hasBands)] : [],
      labels: seriesLabels(named, endOf, frame.theme),
      x: {
        title: xTitle,
        low: 0,
        high: 1.03 * xHigh,
        ticks: (pixels) => roundTicks(0, xHigh, Math.max(2, Math.floor(pixels / 80))),
      },
      y: { ticks: ends.length === 0 ? [0, 50, 100] : ticksAround(Math.min(...ends), Math.max(...ends), 6) },
      note,
    },
    frame,
  )
  return option([
    ...(hasEqualLine ? [diagonalLine([0, xHigh], figureColours[frame.theme])] : []),
    ...(hasBands ? lines.flatMap((line) => spread(line, frame.theme)) : []),
    ...drawn.map((line) => lineOf(line, frame.theme)),
  ])
}

function endOf({ points }: SeriesLine): [number, number] | null {
  const last = points.at(-1)
  return last ? [last.x, last.mean] : null
}

function spread({ series, points, ...look }: SeriesLine, theme: FigureTheme): SeriesOption[] {
  return spreadOf(series, points, { colour: seriesStyle(look).line[theme] })
}

function lineOf({ series, points, ...look }: SeriesLine, theme: FigureTheme): SeriesOption {
  const { line, dash, marker } = seriesStyle(look)
  const places = points.map(({ x, mean }) => [x, mean])
  return dataLine(series, places, { colour: line[theme], dash, showSymbol: true, ...markerSymbol(marker, 9) })
}
