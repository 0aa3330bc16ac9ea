import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { baseOption, gridOf, tickLabels } from './base-option.ts'
import type { EndLabel } from './end-labels.ts'
import { figureHead } from './figure-head.ts'
import type { KeyEntry } from './key.ts'
import { hasTitle, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { lineOfText, wrapped } from './text.ts'
import { figureColours } from './theme.ts'
import { tickText } from './ticks.ts'

type TickText = (tick: number) => string

/** Surroundings of a figure with two numeric axes. */
export interface ChartContent {
  /** Of the vertical axis, with its unit. */
  title: string
  key?: readonly KeyEntry[]
  labels: readonly EndLabel[]
  /** Pixels between the plot and the names behind it. */
  gap?: number
  /** `ticks`: for an axis so many pixels long. */
  x: Plot['x'] & { title: string; ticks: (pixels: number) => readonly number[]; text?: TickText }
  /** From the first tick to the last unless it has ends of its own. */
  y: { ticks: readonly number[]; low?: number; high?: number; text?: TickText }
  /** Data of the computation, in one line. */
  note?: string
  /** Pixels of the figure's own rows: above the plot, and between the plot and the title of its axis. */
  above?: number
  below?: number
  /** Left and right margin of the plot (pixels), if given. */
  leftmost?: number | undefined
  rightmost?: number | undefined
}

export interface Chart {
  /** Plot area. */
  plot: Plot
  /** Pixels of rows of names below the plot, by which a figure of no given height is higher. */
  below: number
  /** The figure with its data, and with texts of its own. */
  option(series: readonly SeriesOption[], graphic?: readonly GraphicComponentOption[]): EChartsOption
}

const lineHeight = 15

/** Everything around the data: the head, both axes with their titles, a grid line at each tick of the vertical axis, the note. */
export function chart(content: ChartContent, frame: FigureFrame): Chart {
  const { title, key = [], labels, gap, x, y, note = '', above = 0, below = 0 } = content
  const colours = figureColours[frame.theme]
  const head = figureHead({ title, key, labels, ...(gap && { gap }) }, frame, { y: 14, below: 24 })
  const axisTitle = wrapped(x.title, frame.width - 16)
  const noteLines = hasTitle(frame) ? wrapped(note, frame.width - 16) : []
  const yText = y.text ?? tickText(y.ticks)
  const plot: Plot = {
    left: Math.max(18 + Math.max(...y.ticks.map((tick) => textWidth(yText(tick)))), content.leftmost ?? 0),
    right: Math.min(frame.width - head.right, content.rightmost ?? Infinity),
    top: 30 + head.rows + above,
    bottom: frame.height - 29 - below - head.below - lineHeight * (axisTitle.length + noteLines.length),
    x,
    y: { low: y.low ?? y.ticks[0]!, high: y.high ?? y.ticks.at(-1)! },
  }
  const xTicks = [...x.ticks(plot.right - plot.left)]
  const texts = [
    ...axisTitle.map((text, line) => {
      const middle = Math.max((plot.left + plot.right) / 2, 8 + textWidth(text) / 2)
      const top = plot.bottom + 32 + below + lineHeight * line
      return lineOfText(text, { x: middle, y: top, colour: colours.text, align: 'center' })
    }),
    ...noteLines.map((text, line) => {
      const top = plot.bottom + 34 + below + head.below + lineHeight * (axisTitle.length + line)
      return lineOfText(text, { x: 8, y: top, colour: colours.muted })
    }),
  ]
  const axes = { xAxis: horizontalAxis(plot, xTicks, frame), yAxis: verticalAxis(plot, [...y.ticks], frame) }
  const namesTop = plot.bottom + 26 + below + lineHeight * axisTitle.length
  return {
    plot,
    below: head.below,
    option: (series, graphic = []) => ({
      ...baseOption(frame),
      grid: gridOf(plot, frame),
      xAxis: { ...axes.xAxis, axisLabel: { ...axes.xAxis.axisLabel, formatter: x.text ?? tickText(xTicks) } },
      yAxis: { ...axes.yAxis, axisLabel: { ...axes.yAxis.axisLabel, formatter: yText } },
      series: [...series],
      graphic: [...head.draw(plot, namesTop), ...texts, ...graphic],
    }),
  }
}

/** A line below the plot with short ticks. */
function horizontalAxis({ x }: Plot, ticks: number[], frame: FigureFrame) {
  const { axis } = figureColours[frame.theme]
  return {
    type: x.log ? ('log' as const) : ('value' as const),
    min: x.low,
    max: x.high,
    containShape: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: axis, width: 1 } },
    axisTick: { show: ticks.length > 0, length: 4, lineStyle: { color: axis }, customValues: ticks },
    axisLabel: tickLabels(ticks, frame),
    splitLine: { show: false },
  }
}

/** Labels beside grid lines, without a line of its own. */
function verticalAxis({ y }: Plot, ticks: number[], frame: FigureFrame) {
  return {
    type: 'value' as const,
    min: y.low,
    max: y.high,
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: tickLabels(ticks, frame),
    splitLine: { show: true, lineStyle: { color: figureColours[frame.theme].grid, width: 1 } },
  }
}
