import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import { pairTitle } from '../pairs.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from '../../../figures/base-option.ts'
import { barrierMarks } from './curve-barriers.ts'
import { curveLines } from './curve-lines.ts'
import type { CurveChoice, CurveLine } from './curve-lines.ts'
import { lineName, quantityText } from '../words.ts'
import type { EndLabel } from '../../../figures/end-labels.ts'
import { figureHead } from '../../../figures/figure-head.ts'
import type { FigureHead } from '../../../figures/figure-head.ts'
import { guideLines } from '../../../figures/guide-lines.ts'
import { hasTitle, textWidth } from '../../../figures/plot.ts'
import type { FigureFrame, Plot } from '../../../figures/plot.ts'
import { roundTicks, tickText } from '../../../figures/ticks.ts'
import { spreadBand } from '../../../figures/spread-band.ts'
import { lineOfText } from '../../../figures/text.ts'
import { figureColours } from '../../../figures/theme.ts'

export interface ValueRange {
  low: number
  high: number
}

export interface ConnectivityCurveData extends CurveChoice {
  /** Where the plot is, so that it stands below the heat map of the same pair; default: as wide as there is room. */
  edges?: { left: number; right: number }
  /** Values that the vertical axis has room for, where several figures share it. */
  range?: ValueRange
}

const lambdaTicks = [0, 0.25, 0.5, 0.75, 1]
const endGap = 18
/** What is drawn, above the plot. */
const headHeight = 30

/**
 * Loss or accuracy along the path, naive and matched, each with its barrier marked and the straight line that it is measured
 * from; or of all exits. ±1 standard deviation over seeds. A function of data and size alone.
 */
export function connectivityCurveOption(data: ConnectivityCurveData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const lines = curveLines(data, frame.theme)
  const content = { title: headingOf(data, frame), key: [], labels: labelsOf(lines), gap: endGap }
  const head = figureHead(content, frame, { y: 12, below: headHeight - 6 })
  const ticks = valueTicks(data, frame)
  const plot = plotOf(data, head, frame)
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...ticksOf(plot.right - plot.left < 180 ? [0, 0.5, 1] : lambdaTicks, frame),
    },
    yAxis: {
      ...verticalAxis(plot, ticks, frame),
      axisLabel: { ...tickLabels(ticks, frame), formatter: tickText(ticks) },
    },
    series: [
      guideLines(
        ticks.filter((tick) => tick > plot.y.low).map((tick) => ({ yAxis: tick })),
        colours,
      ),
      ...lines.filter(({ mark }) => mark !== null).map((line) => chord(line, colours.axis)),
      ...lines.flatMap((line) => [...bandOf(line), curve(line)]),
    ],
    graphic: [
      ...head.draw(plot),
      ...barrierMarks(
        lines.flatMap(({ mark, ...line }) =>
          mark === null ? [] : [{ ...line, text: mark, weight: line.name === 'naive' ? 400 : 500 }],
        ),
        plot,
        { side: data.metric === 'loss' ? 'above' : 'below', ground: colours.surface },
      ),
      lineOfText('interpolation λ', {
        ...{ x: (plot.left + plot.right) / 2, y: plot.bottom + 30 },
        ...{ colour: colours.text, align: 'center' },
      }),
    ],
  }
}

/** The figure in words, for those who do not see it. */
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
  const quantity = quantityText(metric, split)
  if (exit === 'all') return `${quantity} of each exit, ${path}`
  const exitCount = pair.members[0]!.result.naive.test.barriers.length
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
  const ticks = roundTicks(low, high, most)
  const step = (ticks[1] ?? high) - (ticks[0] ?? low)
  const at = (tick: number) => Number(tick.toPrecision(12))
  return [
    ...(ticks[0]! > low ? [at(ticks[0]! - step)] : []),
    ...ticks,
    ...(ticks.at(-1)! < high ? [at(ticks.at(-1)! + step)] : []),
  ]
}

/** Lines without a barrier of their own are named. */
function labelsOf(lines: readonly CurveLine[]): EndLabel[] {
  return lines.flatMap(({ mark, name, line, colour, ink }) =>
    mark === null ? [{ text: name, end: [1, line.values.at(-1)!.mean] as const, colour, ink }] : [],
  )
}

function plotOf(data: ConnectivityCurveData, head: FigureHead, frame: FigureFrame): Plot {
  const ticks = valueTicks(data, frame)
  const right = frame.width - head.right
  return {
    left: data.edges?.left ?? 18 + Math.max(...ticks.map((tick) => textWidth(tickText(ticks)(tick)))),
    right: Math.min(right, data.edges?.right ?? right),
    top: headHeight + head.rows,
    bottom: frame.height - 42,
    x: { low: 0, high: 1 },
    y: { low: ticks[0]!, high: ticks.at(-1)! },
  }
}

function curve({ name, lambdas, line, colour, width, dash }: CurveLine): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: lambdas.map((lambda, place) => [lambda, line.values[place]!.mean]),
    // While a path is being measured, its few places are told apart.
    showSymbol: lambdas.length < 10,
    symbol: 'circle',
    symbolSize: 4,
    z: 3,
    lineStyle: { color: colour, width, type: dash.length === 0 ? 'solid' : [...dash], join: 'round' },
    itemStyle: { color: colour },
  }
}

/** The straight line between the ends, from which the barrier is measured. */
function chord({ lambdas, line }: CurveLine, colour: string): LineSeriesOption {
  const ends = [0, lambdas.length - 1].map((place) => [lambdas[place]!, line.values[place]!.mean])
  return {
    ...{ type: 'line', data: ends, silent: true, showSymbol: false, z: 2 },
    lineStyle: { color: colour, width: 1, type: 'solid' },
  }
}

function bandOf({ name, lambdas, line, colour }: CurveLine): CustomSeriesOption[] {
  const points = line.values.flatMap(({ mean, std }, place) =>
    std === null ? [] : [{ x: lambdas[place]!, low: Math.max(0, mean - std), high: mean + std }],
  )
  return spreadBand(name, points, { colour })
}
