import type { EChartsOption, GraphicComponentOption, LineSeriesOption } from 'echarts'
import { fixed } from '../shared/format/numbers.ts'
import { extent } from '../shared/statistics/statistics.ts'
import { chart } from './chart.ts'
import type { EndLabel } from './end-labels.ts'
import { exitColour } from './exit-colours.ts'
import { dataLine, guideLines } from './marks.ts'
import { pixelX, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { lineOfText } from './text.ts'
import { thinned } from './thinned.ts'
import { figureColours, type FigureColours } from './theme.ts'
import { roundTicks, ticksAround } from './ticks.ts'

/** Metric of the curves. */
export interface CurveQuantity {
  /** With its unit: `Validation accuracy (%)`. */
  title: string
  unit: '%' | ''
  decimals: number
  /** No value is below it. */
  lowest: number
  /** Ends of the axis before there is a value. */
  range: readonly [low: number, high: number]
}

/** One quantity of each exit over the epochs of one phase, or of several. */
export interface ExitCurvesData {
  quantity: CurveQuantity
  /** Which epochs are counted: `phase 2 of 2: all exits`, `all phases`. */
  phase: string
  /** Epoch of the best checkpoint, final or so far. */
  keptEpoch: number | null
  /** Exits of the network, the final classifier included. */
  exitCount: number
  /** The phases that are shown and the epoch that each begins after; the first begins after 0. */
  phases: { name: string; after: number }[]
  /** Exits that the phase trains or evaluates, shallow to deep. */
  exits: { exit: number; label: string; points: { epoch: number; value: number }[] }[]
}

const labelGap = 28

/** Lines of all exits in their colours, named with their last value; dashed where the kept weights are. A function of data and size alone. */
export function exitCurvesOption(whole: ExitCurvesData, frame: FigureFrame): EChartsOption {
  const data = drawable(whole, frame.width)
  const colours = figureColours[frame.theme]
  const { plot, option } = chart(
    {
      title: data.quantity.title,
      labels: labelsOf(data, frame),
      gap: labelGap,
      x: { ...epochRange(data), title: `Epoch (${data.phase})`, ticks: epochTicks(data) },
      y: { ticks: valueTicks(data) },
      above: data.phases.length > 1 ? 14 : 0,
    },
    frame,
  )
  return option(
    [
      referenceLines(data, colours),
      ...data.exits.map((exit) => line(exit, data, exitColour(exit.exit, data.exitCount, frame.theme))),
    ],
    [
      ...keptLabel(data, plot, { right: Math.min(plot.right + labelGap, frame.width - 8), colour: colours.muted }),
      ...phaseLabels(data, plot, colours),
    ],
  )
}

/** Thinned to the number of distinguishable points, for each phase. */
function drawable({ exits, phases, ...data }: ExitCurvesData, points: number): ExitCurvesData {
  const shares = Math.max(1, phases.length)
  const thin = (all: ExitPoints) =>
    all.length <= points ? all : partsOf(all, phases).flatMap((part) => [...thinned(part, Math.ceil(points / shares))])
  return { ...data, phases, exits: exits.map((exit) => ({ ...exit, points: thin(exit.points) })) }
}

type ExitPoints = ExitCurvesData['exits'][number]['points']

/** Points of each phase. */
function partsOf(points: ExitPoints, phases: ExitCurvesData['phases']): ExitPoints[] {
  return phases.map(({ after }, index) =>
    points.filter(({ epoch }) => epoch > after && epoch <= (phases[index + 1]?.after ?? Infinity)),
  )
}

/** Text description of the figure. */
export function exitCurvesSentence(data: ExitCurvesData): string {
  const { quantity } = data
  const title = quantity.title.replace(/ \(.*/, '')
  if (data.exits.length === 0) return `${title} by epoch (${data.phase}): no epoch is complete yet.`
  const ends = data.exits.map((exit) => `${exit.label} ${valueWithUnit(quantity, exit.points.at(-1)!.value)}`)
  const last = Math.max(...data.exits.map((exit) => exit.points.at(-1)!.epoch))
  const kept = data.keptEpoch === null ? '' : ` Best checkpoint: epoch ${data.keptEpoch}.`
  return `${title} by epoch (${data.phase}), after epoch ${last}: ${ends.join(', ')}.${kept}`
}

/** As the line ends and the table write it. */
export function valueText({ decimals }: CurveQuantity, value: number): string {
  return fixed(value, decimals)
}

export function valueWithUnit(quantity: CurveQuantity, value: number): string {
  return valueText(quantity, value) + (quantity.unit && ` ${quantity.unit}`)
}

function labelsOf(data: ExitCurvesData, { theme }: FigureFrame): EndLabel[] {
  return data.exits.map(({ exit, label, points }) => {
    const { epoch, value } = points.at(-1)!
    return {
      text: `${label} ${valueText(data.quantity, value)}`,
      end: [epoch, value],
      colour: exitColour(exit, data.exitCount, theme),
      ink: figureColours[theme].text,
    }
  })
}

function epochRange({ exits }: ExitCurvesData): { low: number; high: number } {
  const epochs = exits.flatMap(({ points }) => [points[0]!.epoch, points.at(-1)!.epoch])
  const [first, last] = epochs.length === 0 ? [1, 2] : [Math.min(...epochs), Math.max(...epochs)]
  return { low: first, high: Math.max(last, first + 1) }
}

function epochTicks(data: ExitCurvesData): (pixels: number) => number[] {
  const { low, high } = epochRange(data)
  return (pixels) => roundTicks(low, high, Math.max(2, Math.min(6, pixels / 60))).filter(Number.isInteger)
}

function valueTicks({ quantity: { lowest, range }, exits }: ExitCurvesData): number[] {
  const values = exits.flatMap(({ points }) => points.map(({ value }) => value))
  const [low = range[0], high = range[1]] = extent(values)
  return ticksAround(low, high, 5).filter((tick) => tick >= lowest)
}

function line(
  { label, points }: ExitCurvesData['exits'][number],
  { phases }: ExitCurvesData,
  colour: string,
): LineSeriesOption {
  const ends = new Set(phases.map(({ after }) => after))
  // A new phase is a new line: it starts from the kept weights, not from the last epoch.
  const places = points.flatMap(({ epoch, value }) => [[epoch, value], ...(ends.has(epoch) ? [[epoch, '-']] : [])])
  return dataLine(label, places, { colour, showSymbol: points.length === 1, symbol: 'circle', symbolSize: 5 })
}

/** Dashes at the kept epoch, dots between phases. */
function referenceLines(data: ExitCurvesData, colours: FigureColours) {
  const kept = { color: colours.muted, width: 1, type: [3, 3] }
  const boundary = { color: colours.axis, width: 1, type: [1, 3] }
  return guideLines(
    [
      ...data.phases.slice(1).map(({ after }) => ({ xAxis: after, lineStyle: boundary })),
      ...(data.keptEpoch === null ? [] : [{ xAxis: data.keptEpoch, lineStyle: kept }]),
    ],
    colours,
  )
}

/** In the row of the title of the vertical axis, as close to its line as the two titles let it. */
function keptLabel(
  data: ExitCurvesData,
  plot: Plot,
  { right, colour }: { right: number; colour: string },
): GraphicComponentOption[] {
  if (data.keptEpoch === null) return []
  const text = `best checkpoint: epoch ${data.keptEpoch}`
  const leftmost = 8 + textWidth(data.quantity.title) + 14
  const centred = pixelX(plot, data.keptEpoch) - textWidth(text) / 2
  const x = Math.max(leftmost, Math.min(centred, right - textWidth(text)))
  return [lineOfText(text, { x, y: 14, colour })]
}

/** With several phases the name of each at its beginning, where it fits. */
function phaseLabels({ phases }: ExitCurvesData, plot: Plot, { muted }: FigureColours) {
  if (phases.length < 2) return []
  return phases.flatMap(({ name, after }, index) => {
    const x = Math.max(plot.left, pixelX(plot, after) + 4)
    const next = phases[index + 1]
    const room = (next ? pixelX(plot, next.after) - 4 : plot.right) - x
    return textWidth(name) <= room ? [lineOfText(name, { x, y: plot.top - 8, colour: muted })] : []
  })
}
