import type { EChartsOption, LineSeriesOption, SeriesOption } from 'echarts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from './base-option.ts'
import type { EndLabel } from './end-labels.ts'
import { figureHead } from './figure-head.ts'
import { guideLines } from './guide-lines.ts'
import { hasTitle, textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { powerOfTen } from '../shared/format/numbers.ts'
import { regimeStyles, seriesStyle } from './regimes.ts'
import type { RegimeStyle } from './regimes.ts'
import { roundTicks, tickText } from './ticks.ts'
import { spreadBand } from './spread-band.ts'
import { lineOfText, wrapped } from './text.ts'
import { thinned } from './thinned.ts'
import { figureColours } from './theme.ts'
import type { CurveAxis, TrainingCurvesData, TrainingLine } from './training-curves-data.ts'

const axisTitles: Record<CurveAxis, string> = {
  epoch: 'Epoch, over all phases',
  step: 'Training step, over all phases',
  seconds: 'Training time (s), over all phases',
}
const noteLineHeight = 15
/** More lines than this are told apart by their groups alone. */
const mostNames = 12

/**
 * One metric of several runs while they were trained, a line for each run or the mean over seeds with its ±1 standard deviation
 * band; lines of a group share their look. A function of data and size alone.
 */
export function trainingCurvesOption(data: TrainingCurvesData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const head = figureHead({ title: valueTitle(data), key: [], labels: labelsOf(data, frame) }, frame, {
    y: 14,
    below: 24,
  })
  const note = hasTitle(frame) ? wrapped(data.note, frame.width - 16) : []
  const y = valueAxis(data)
  const plot: Plot = {
    left: 18 + Math.max(...y.ticks.map((tick) => textWidth(y.text(tick)))),
    right: frame.width - head.right,
    top: 30 + head.rows,
    bottom: frame.height - 44 - noteLineHeight * note.length,
    x: { low: 0, high: Math.max(1, ...data.lines.flatMap(({ points }) => points.at(-1)?.x ?? [])) },
    y: { low: y.ticks[0]!, high: y.ticks.at(-1)! },
  }
  const xTicks = roundTicks(plot.x.low, plot.x.high, Math.max(2, Math.min(8, (plot.right - plot.left) / 70)))
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...ticksOf(xTicks, frame),
      axisLabel: { ...tickLabels(xTicks, frame), formatter: tickText(xTicks) },
    },
    yAxis: { ...verticalAxis(plot, y.ticks, frame), axisLabel: { ...tickLabels(y.ticks, frame), formatter: y.text } },
    series: [
      guideLines(
        y.ticks.map((tick) => ({ yAxis: tick })),
        colours,
      ),
      ...data.lines.flatMap((line) => seriesOf(line, data, frame)),
    ],
    graphic: [
      ...head.draw(plot),
      lineOfText(axisTitles[data.x], {
        ...{ x: (plot.left + plot.right) / 2, y: plot.bottom + 32 },
        ...{ colour: colours.text, align: 'center' },
      }),
      ...note.map((text, i) =>
        lineOfText(text, { x: 8, y: plot.bottom + 49 + noteLineHeight * i, colour: colours.muted }),
      ),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function trainingCurvesSentence(data: TrainingCurvesData): string {
  const title = valueTitle(data)
  if (data.lines.length === 0) return `${title}: no epoch is complete yet.`
  const ends = data.lines
    .slice(0, mostNames)
    .map(({ name, points }) => `${name} ${points.at(-1)!.value.toFixed(data.metric === 'accuracy' ? 1 : 3)}`)
  const others = data.lines.length - ends.length
  return `${title} at the end of each line: ${ends.join('; ')}${others > 0 ? `; and ${others} others` : ''}.`
}

function valueTitle({ metric, split, scale }: TrainingCurvesData): string {
  const of = split === 'train' ? 'Training' : 'Validation'
  const unit = metric === 'accuracy' ? '%' : 'nats'
  return `${of} ${metric} (${unit}${scale === 'log' ? ', logarithmic' : ''})`
}

/** Lines have the looks of their regimes, or one look after the other where they are told apart by something else. */
function lookOf(data: TrainingCurvesData, { group, ...series }: TrainingLine): RegimeStyle {
  const looks = Object.values(regimeStyles)
  return data.by === 'regime' ? seriesStyle(series) : looks[group % looks.length]!
}

function labelsOf(data: TrainingCurvesData, { theme }: FigureFrame): EndLabel[] {
  const named = data.lines.length <= mostNames ? data.lines : firstOfGroups(data)
  return named.map((line) => {
    const { x, value } = line.points.at(-1)!
    const { line: colour, ink, dash } = lookOf(data, line)
    const text = data.lines.length <= mostNames ? line.name : data.groups[line.group]!
    return { text, end: [x, onScale(data, value)], colour: colour[theme], ink: ink[theme], dash }
  })
}

function firstOfGroups({ lines, groups }: TrainingCurvesData): TrainingLine[] {
  return groups.flatMap((_, index) => lines.find(({ group }) => group === index) ?? [])
}

function seriesOf(line: TrainingLine, data: TrainingCurvesData, { theme, width }: FigureFrame): SeriesOption[] {
  const { line: colours, dash } = lookOf(data, line)
  const colour = colours[theme]
  const points = thinned(line.points, 2 * width)
  const bounds = points.flatMap(({ x, value, std }) =>
    std === null ? [] : [{ x, low: onScale(data, lowEnd(data, { value, std })), high: onScale(data, value + std) }],
  )
  const drawn: LineSeriesOption = {
    type: 'line',
    name: line.name,
    data: points.map(({ x, value }) => [x, onScale(data, value)]),
    showSymbol: points.length === 1,
    symbol: 'circle',
    symbolSize: 5,
    z: 3,
    lineStyle: {
      color: colour,
      width: data.seeds === 'mean' ? 1.75 : 1.25,
      type: dash.length > 0 ? [...dash] : 'solid',
      join: 'round',
    },
    itemStyle: { color: colour },
  }
  return [...spreadBand(line.name, bounds, { colour }), drawn]
}

/** Lower end of a deviation; on a logarithmic axis, which has no place for 0, no less than a tenth of the mean. */
function lowEnd({ scale }: TrainingCurvesData, { value, std }: { value: number; std: number }): number {
  return scale === 'log' ? Math.max(value - std, value / 10) : value - std
}

/** Powers of ten on a logarithmic axis, which has no room for 0: the least is a millionth. */
function onScale({ scale }: TrainingCurvesData, value: number): number {
  return scale === 'log' ? Math.log10(Math.max(value, 1e-6)) : value
}

function valueAxis(data: TrainingCurvesData): { ticks: number[]; text: (tick: number) => string } {
  const [low, high] = rangeOf(data)
  if (data.scale === 'log') {
    const [first, last] = [Math.floor(low), Math.max(Math.floor(low) + 1, Math.ceil(high))]
    return { ticks: Array.from({ length: last - first + 1 }, (_, index) => first + index), text: powerOfTen }
  }
  const ticks = roundTicks(low, Math.max(high, low + 1e-9), 6)
  const step = (ticks[1] ?? high) - (ticks[0] ?? low) || 1
  const at = (tick: number) => Number(tick.toPrecision(12))
  const all = [
    ...((ticks[0] ?? low) > low ? [at(ticks[0]! - step)] : []),
    ...ticks,
    ...((ticks.at(-1) ?? high) < high ? [at(ticks.at(-1)! + step)] : []),
  ]
  const limited =
    data.metric === 'accuracy' ? all.filter((tick) => tick >= 0 && tick <= 100) : all.filter((tick) => tick >= 0)
  return { ticks: limited.length > 1 ? limited : [0, 1], text: tickText(limited) }
}

/** From the lowest to the highest value that is drawn, deviations included. */
function rangeOf(data: TrainingCurvesData): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  // Not by Math.min(...): many long lines have more points than a call may have arguments.
  for (const { points } of data.lines) {
    for (const { value, std } of points) {
      low = Math.min(low, onScale(data, lowEnd(data, { value, std: std ?? 0 })))
      high = Math.max(high, onScale(data, value + (std ?? 0)))
    }
  }
  return low > high ? [0, 1] : [low, high]
}
