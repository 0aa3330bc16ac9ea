import type { EChartsOption, SeriesOption } from 'echarts'
import { chart } from '../../../../figures/chart.ts'
import type { EndLabel } from '../../../../figures/end-labels.ts'
import { boundsOf, dataLine, spreadBand } from '../../../../figures/marks.ts'
import { hasTitle, type FigureFrame } from '../../../../figures/plot.ts'
import { figureColours } from '../../../../figures/theme.ts'
import { ticksAround } from '../../../../figures/ticks.ts'
import { exitCountOf, inPrecision, pairTitle } from '../pairs.ts'
import { lineName, quantityText } from '../profile.ts'
import { barrierMarks } from './curve-barriers.ts'
import { curveLines, type CurveChoice, type CurveLine } from './curve-lines.ts'

export interface ValueRange {
  low: number
  high: number
}

interface ConnectivityCurveData extends CurveChoice {
  /** Plot area, to align it with the heat map of the same pair; default: the full width. */
  edges?: { left: number; right: number }
  /** Values that the vertical axis has room for, where several figures share it. */
  range?: ValueRange
}

const lambdaTicks = [0, 0.25, 0.5, 0.75, 1]

/**
 * Loss or accuracy along the path, naive and matched, each with its barrier marked and the straight line that it is measured
 * from; or of all exits. ±1 standard deviation over seeds. A function of data and size alone.
 */
export function connectivityCurveOption(data: ConnectivityCurveData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const lines = curveLines(data, frame.theme)
  const { plot, option } = chart(
    {
      title: headingOf(data, frame),
      labels: labelsOf(lines),
      gap: 18,
      x: {
        title: 'interpolation λ',
        low: 0,
        high: 1,
        ticks: (pixels) => (pixels < 180 ? [0, 0.5, 1] : lambdaTicks),
        text: String,
      },
      y: { ticks: valueTicks(data, frame) },
      leftmost: data.edges?.left,
      rightmost: data.edges?.right,
    },
    frame,
  )
  const marks = lines.flatMap(({ mark, ...line }) =>
    mark === null ? [] : [{ ...line, text: mark, weight: line.name === 'naive' ? (400 as const) : (500 as const) }],
  )
  const side = data.metric === 'loss' ? 'above' : 'below'
  return option(
    [
      ...lines.filter(({ mark }) => mark !== null).map((line) => chord(line, colours.axis)),
      ...lines.flatMap((line) => [...bandOf(line), curve(line)]),
    ],
    barrierMarks(marks, plot, { side, ground: colours.surface }),
  )
}

/** Text description of the figure. */
export function connectivityCurveSentence(data: ConnectivityCurveData): string {
  const lines = curveLines(data, 'light')
  const marks = lines.flatMap(({ name, mark }) => (mark === null ? [] : [`${name}, ${mark}`]))
  const subject = `${pairTitle(data.pair)}, ${titleOf(data)} along the straight path between the weights`
  if (data.exit !== 'all') return `${subject}: ${marks.join('; ')}.`
  const exits = lines.filter(({ mark }) => mark === null)
  const barriers = exits.map(({ name, line }) => `${name} ${line.barrier.mean.toFixed(2)}`)
  return `${subject}: ${marks.join('; ')}. Above the line between the ends: ${barriers.join(', ')}.`
}

/** Values that the curves of pairs reach, bands included: figures that are to be compared share it. Loss begins at 0. */
export function valueRange(choices: readonly CurveChoice[]): ValueRange {
  const lines = choices.flatMap((choice) => curveLines(choice, 'light'))
  const values = lines.flatMap(({ line }) => line.values)
  const high = Math.max(...values.map(({ mean, std }) => mean + (std ?? 0)))
  const low = Math.min(...values.map(({ mean, std }) => mean - (std ?? 0)))
  return { low: choices[0]?.metric === 'accuracy' ? low : 0, high }
}

/** By itself the figure says which pair it is of. */
function headingOf(data: ConnectivityCurveData, frame: FigureFrame): string {
  return hasTitle(frame) ? `${pairTitle(data.pair)}: ${titleOf(data)}` : titleOf(data)
}

function titleOf({ exit, metric, split, pair, path }: ConnectivityCurveData): string {
  const quantity = quantityText(metric, split) + inPrecision(pair)
  if (exit === 'all') return `${quantity} of each exit, ${path}`
  const exitCount = exitCountOf(pair)
  return exit === null
    ? `mean ${quantity} over exits`
    : `${quantity} of ${exit === exitCount - 1 ? 'the final classifier' : lineName(exit, exitCount)}`
}

/** Round numbers around all values, with room for the words above the highest dot, or below the lowest. */
function valueTicks(data: ConnectivityCurveData, { height }: FigureFrame): number[] {
  const most = Math.max(2, Math.min(6, Math.floor(height / 40)))
  const range = data.range ?? valueRange([data])
  const room = 0.2 * Math.max(range.high - range.low, 0.1)
  const [low, high] =
    data.metric === 'loss'
      ? [0, range.high + room]
      : [Math.max(0, range.low - Math.max(room, 2)), Math.min(100, range.high)]
  return ticksAround(low, high, most)
}

/** Lines without a barrier of their own are named. */
function labelsOf(lines: readonly CurveLine[]): EndLabel[] {
  return lines.flatMap(({ mark, name, line, colour, ink }) =>
    mark === null ? [{ text: name, end: [1, line.values.at(-1)!.mean] as const, colour, ink }] : [],
  )
}

function curve({ name, lambdas, line, colour, width, dash }: CurveLine): SeriesOption {
  const places = lambdas.map((lambda, place) => [lambda, line.values[place]!.mean])
  // While a path is being measured, its few points are marked.
  const symbols = { showSymbol: lambdas.length < 10, symbol: 'circle', symbolSize: 4 }
  return dataLine(name, places, { colour, width, dash, ...symbols })
}

/** The straight line between the ends, from which the barrier is measured. */
function chord({ lambdas, line }: CurveLine, colour: string): SeriesOption {
  const ends = [0, lambdas.length - 1].map((place) => [lambdas[place]!, line.values[place]!.mean])
  return dataLine('', ends, { colour, width: 1, silent: true, z: 2 })
}

function bandOf({ name, lambdas, line, colour }: CurveLine): SeriesOption[] {
  const bounds = boundsOf(line.values.map((value, place) => ({ x: lambdas[place]!, ...value })))
  return spreadBand(
    name,
    bounds.map(({ x, low, high }) => ({ x, low: Math.max(0, low), high })),
    { colour },
  )
}
