import type { CustomSeriesOption, EChartsOption, GraphicComponentOption } from 'echarts'
import type { RegimeName } from '../shared/phase.ts'
import type { WhatIfAnswer } from '../shared/what-if.ts'
import { baseOption, gridOf, horizontalAxis, verticalAxis } from './base-option.ts'
import { guideLines } from './guide-lines.ts'
import { hasTitle, pixelX, pixelY, textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { regimeStyles } from './regimes.ts'
import { roundTicks } from './ticks.ts'
import { lineOfText, wrapped } from './text.ts'
import { figureColours } from './theme.ts'
import type { FigureColours } from './theme.ts'

export interface ExitHistogramData {
  regime: RegimeName
  /** Name of the series. */
  series: string
  answer: Pick<WhatIfAnswer, 'exits' | 'accuracy' | 'macs' | 'backboneMacs' | 'runs'>
  /** How the samples were made to leave, in one line such as `mixed · confidence above 0.72`. */
  note: string
}

const shareTitle = 'Share of samples (%)'
const exitTitle = 'Exit, and its cost (% of backbone)'
const labelLineHeight = 14
const noteLineHeight = 15

/** How many samples leave at each exit: bars from zero with their values, ±1 standard deviation over seeds, each exit's cost below. */
export function exitHistogramOption(data: ExitHistogramData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const note = hasTitle(frame) ? noteOf(data, frame) : []
  const plot = plotOf(data, frame, note.length)
  const ticks = roundTicks(0, plot.y.high, 5)
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: { ...horizontalAxis(plot, frame), axisTick: { show: false }, axisLabel: { show: false } },
    yAxis: verticalAxis(plot, ticks, frame),
    series: [
      guideLines(
        ticks.filter((tick) => tick > 0).map((tick) => ({ yAxis: tick })),
        colours,
      ),
      bars(data, frame),
      errorBars(data, colours),
    ],
    graphic: [
      lineOfText(shareTitle, { x: 8, y: 16, colour: colours.text }),
      ...note.map((text, i) => lineOfText(text, { x: 8, y: 34 + noteLineHeight * i, colour: colours.muted })),
      ...valueLabels(data, plot, colours),
      ...exitLabels(data, plot, colours),
      lineOfText(exitTitle, {
        x: Math.max((plot.left + plot.right) / 2, 8 + textWidth(exitTitle) / 2),
        y: plot.bottom + 50,
        colour: colours.text,
        align: 'center',
      }),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function exitHistogramSentence({ series, answer }: ExitHistogramData): string {
  const shares = answer.exits.map(({ block, exit, leaving }) => `${nameOf(exit, block)} ${leaving.mean.toFixed(1)} %`)
  const cost = (100 * answer.macs.mean) / answer.backboneMacs
  return (
    `Where samples leave under ${series}: ${shares.join(', ')}. ` +
    `Accuracy ${answer.accuracy.mean.toFixed(1)} % at ${cost.toFixed(1)} % of the backbone's cost.`
  )
}

function nameOf(exit: number, block: number | null): string {
  return block === null ? 'final' : `exit ${exit}`
}

function plotOf({ answer }: ExitHistogramData, frame: FigureFrame, noteLines: number): Plot {
  const highest = Math.max(...answer.exits.map(({ leaving }) => leaving.mean + (leaving.std ?? 0)))
  return {
    left: 34,
    right: frame.width - 8,
    top: 42 + noteLineHeight * noteLines,
    bottom: frame.height - 66,
    x: { low: -0.5, high: answer.exits.length - 0.5 },
    y: { low: 0, high: Math.max(1, 1.02 * highest) },
  }
}

function bars({ regime, series, answer }: ExitHistogramData, { theme }: FigureFrame): CustomSeriesOption {
  const colour = regimeStyles[regime].line[theme]
  return {
    type: 'custom',
    name: series,
    z: 2,
    data: answer.exits.map(({ exit, leaving }) => [exit, leaving.mean]),
    encode: { x: 0, y: 1 },
    itemStyle: { color: colour },
    renderItem: (_, api) => {
      const [exit, share] = [api.value(0) as number, api.value(1) as number]
      const [top, foot] = [api.coord([exit, share]), api.coord([exit, 0])]
      const slot = (api.size!([1, 0]) as number[])[0]!
      const width = Math.min(0.72 * slot, 64)
      return {
        type: 'rect',
        shape: { x: top[0]! - width / 2, y: top[1]!, width, height: foot[1]! - top[1]!, r: [2, 2, 0, 0] },
        style: { fill: colour },
      }
    },
  }
}

/** ±1 standard deviation; nothing with one seed. */
function errorBars({ answer }: ExitHistogramData, { text }: FigureColours): CustomSeriesOption {
  return {
    type: 'custom',
    z: 3,
    silent: true,
    data: answer.exits.flatMap(({ exit, leaving: { mean, std } }) =>
      std === null || std === 0 ? [] : [[exit, Math.max(0, mean - std), mean + std]],
    ),
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const exit = api.value(0) as number
      const [from, to] = [api.coord([exit, api.value(1)]), api.coord([exit, api.value(2)])]
      return {
        type: 'line',
        shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
        style: { stroke: text, lineWidth: 1, opacity: 0.8 },
      }
    },
  }
}

/** Pixels between two exits. */
function slotWidth({ left, right }: Plot, exits: readonly unknown[]): number {
  return (right - left) / exits.length
}

/** Above its bar and the bar's deviation; left out where bars stand too close for numbers. */
function valueLabels({ answer: { exits } }: ExitHistogramData, plot: Plot, { text, surface }: FigureColours) {
  if (slotWidth(plot, exits) < textWidth('00.0')) return []
  return exits.map(({ exit, leaving: { mean, std } }): GraphicComponentOption => {
    const y = pixelY(plot, mean + (std ?? 0)) - 9
    const label = lineOfText(mean.toFixed(1), { x: pixelX(plot, exit), y, colour: text, align: 'center' })
    // Over the grid, which would strike through it.
    return { ...label, z: 10, style: { ...label.style, stroke: surface, lineWidth: 3 } }
  })
}

/** The exit's name and its cost, of as many exits as there is room for, the final one always. */
function exitLabels({ answer: { exits } }: ExitHistogramData, plot: Plot, { muted }: FigureColours) {
  const slot = slotWidth(plot, exits)
  const short = slot < textWidth('exit 00') + 4
  const every = Math.ceil((textWidth(short ? '100%' : 'exit 00') + 4) / slot)
  const shown = exits.filter(({ exit }) => (exits.length - 1 - exit) % every === 0)
  return shown.flatMap(({ exit, block, fraction }): GraphicComponentOption[] => {
    const place = { x: pixelX(plot, exit), colour: muted, align: 'center' as const }
    const name = short && block !== null ? String(exit) : nameOf(exit, block)
    return [
      lineOfText(name, { ...place, y: plot.bottom + 12 }),
      lineOfText(`${(100 * fraction).toFixed(0)}\u00a0%`, { ...place, y: plot.bottom + 12 + labelLineHeight }),
    ]
  })
}

function noteOf({ answer, note }: ExitHistogramData, { width }: FigureFrame): string[] {
  const seeds = answer.runs.length === 1 ? '1 seed' : `${answer.runs.length} seeds, ± 1 std`
  return wrapped(`${note} · ${seeds}`, width - 16)
}
