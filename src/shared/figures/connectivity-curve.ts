import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import { pairTitle } from '../connectivity/pairs.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from './base-option.ts'
import { barrierMarks } from './connectivity-barriers.ts'
import { curveLines } from './connectivity-lines.ts'
import type { CurveChoice, CurveLine } from './connectivity-lines.ts'
import { lineName, quantityText } from './connectivity-words.ts'
import { endLabels } from './end-labels.ts'
import { guideLines } from './guide-lines.ts'
import { textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { roundTicks } from './scale.ts'
import { spreadBand } from './spread-band.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'
import { tickText } from './tick-text.ts'

export interface ConnectivityCurveData extends CurveChoice {
  /** Where the plot is, so that it stands below the heat map of the same pair; default: as wide as there is room. */
  edges?: { left: number; right: number }
  /** Top of the vertical axis, where several figures share it. */
  high?: number
}

const lambdaTicks = [0, 0.25, 0.5, 0.75, 1]
const endGap = 18

/**
 * Loss or accuracy along the path, naive and matched, each with its barrier marked and the straight line that it is measured
 * from; or of all exits. ±1 standard deviation over seeds. A function of data and size alone.
 */
export function connectivityCurveOption(data: ConnectivityCurveData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const lines = curveLines(data, frame.theme)
  const named = lines.filter(({ mark }) => mark === null)
  const ticks = valueTicks(data, frame)
  const plot = plotOf(data, lines, frame)
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
      lineOfText(titleOf(data), { x: 8, y: 12, colour: colours.text }),
      ...endLabels(
        named.map(({ name, line, colour, ink }) => ({
          ...{ text: name, colour, ink },
          end: [1, line.values.at(-1)!.mean] as const,
        })),
        plot,
        endGap,
      ),
      ...barrierMarks(
        lines.flatMap(({ mark, ...line }) =>
          mark === null ? [] : [{ ...line, text: mark, weight: line.name === 'naive' ? 400 : 500 }],
        ),
        plot,
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

/** Largest value that a curve of a pair reaches, band included: figures that are to be compared share the largest of theirs. */
export function highestValue(choice: CurveChoice): number {
  const values = curveLines(choice, 'light').flatMap(({ line }) => line.values)
  return Math.max(0, ...values.map(({ mean, std }) => mean + (std ?? 0)))
}

function titleOf({ exit, metric, split, pair, path }: ConnectivityCurveData): string {
  const quantity = quantityText(metric, split)
  if (exit === 'all') return `${quantity} of each exit, ${path}`
  const exitCount = pair.members[0]!.result.naive.test.barriers.length
  return exit === null
    ? `mean ${quantity} over exits`
    : `${quantity} of ${exit === exitCount - 1 ? 'the final classifier' : lineName(exit, exitCount)}`
}

function valueTicks(data: ConnectivityCurveData, { height }: FigureFrame): number[] {
  const most = Math.max(2, Math.min(6, Math.floor(height / 40)))
  if (data.metric === 'accuracy') return roundTicks(0, 100, most)
  // Room for the words above the highest dot.
  const high = 1.2 * (data.high ?? highestValue(data))
  const ticks = roundTicks(0, Math.max(high, 0.1), most)
  const step = ticks[1]! - ticks[0]!
  return ticks.at(-1)! >= high ? ticks : [...ticks, Number((ticks.at(-1)! + step).toPrecision(12))]
}

function plotOf(data: ConnectivityCurveData, lines: readonly CurveLine[], frame: FigureFrame): Plot {
  const ticks = valueTicks(data, frame)
  const names = lines.flatMap(({ mark, name }) => (mark === null ? [textWidth(name)] : []))
  const room = names.length === 0 ? 12 : endGap + Math.max(...names) + 4
  const right = frame.width - room
  return {
    left: data.edges?.left ?? 18 + Math.max(...ticks.map((tick) => textWidth(tickText(ticks)(tick)))),
    right: Math.min(right, data.edges?.right ?? right),
    top: 30,
    bottom: frame.height - 42,
    x: { low: 0, high: 1 },
    y: { low: 0, high: ticks.at(-1)! },
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
