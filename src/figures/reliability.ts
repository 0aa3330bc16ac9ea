import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { Calibration } from '../shared/calibration.ts'
import { plural } from '../shared/format/numbers.ts'
import { baseOption, gridOf, horizontalAxis, ticksOf, verticalAxis } from './base-option.ts'
import type { EndLabel } from './end-labels.ts'
import { exitColour } from './exit-colours.ts'
import { exitLabel } from './exit-curves-data.ts'
import { figureHead } from './figure-head.ts'
import { guideLines } from './guide-lines.ts'
import { hasTitle, textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { lineOfText, wrapped } from './text.ts'
import { figureColours } from './theme.ts'

/** Reliability of the exits of one regime. */
export interface ReliabilityData extends Pick<Calibration, 'exits'> {
  /** What it was computed on. */
  note: string
}

type ReliabilityExit = ReliabilityData['exits'][number]

const percentTicks = [0, 20, 40, 60, 80, 100]
const noteLineHeight = 15
const confidenceTitle = 'Confidence (%)'
/** Pixels across the dot of a bin that holds no more than a few samples, and of one that holds all. */
const [smallestDot, largestDot] = [3, 16]

/**
 * Accuracy against confidence, a line for each exit with a dot for each bin, as large as the bin is full; on the dashed
 * diagonal confidence is what accuracy is. A function of data and size alone.
 */
export function reliabilityOption(data: ReliabilityData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const head = figureHead({ title: 'Accuracy (%)', key: [], labels: labelsOf(data, frame) }, frame, {
    y: 14,
    below: 24,
  })
  const note = hasTitle(frame) ? wrapped(data.note, frame.width - 16) : []
  const plot: Plot = {
    left: 18 + textWidth('100'),
    right: frame.width - head.right,
    top: 30 + head.rows,
    bottom: frame.height - 44 - noteLineHeight * note.length,
    x: { low: 0, high: 100 },
    y: { low: 0, high: 100 },
  }
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: { ...horizontalAxis(plot, frame), ...ticksOf(percentTicks, frame) },
    yAxis: verticalAxis(plot, percentTicks, frame),
    series: [
      guideLines(
        percentTicks.map((tick) => ({ yAxis: tick })),
        colours,
      ),
      diagonal(colours.muted),
      ...data.exits.map((exit) => line(exit, { exitCount: data.exits.length, theme: frame.theme })),
    ],
    graphic: [
      ...head.draw(plot),
      lineOfText(confidenceTitle, {
        ...{ x: (plot.left + plot.right) / 2, y: plot.bottom + 32 },
        ...{ colour: colours.text, align: 'center' },
      }),
      ...note.map((text, i) =>
        lineOfText(text, { x: 8, y: plot.bottom + 49 + noteLineHeight * i, colour: colours.muted }),
      ),
    ],
  }
}

/** What it was computed on: `mixed, quickstart · test images · 2 seeds`. */
export function reliabilityNote({
  subject,
  split,
  runs,
}: {
  subject: string
  split: string
  runs: readonly unknown[]
}) {
  return `${subject} · ${split} images · ${plural(runs.length, 'seed')} · dots as large as their bins are full`
}

/** The figure in words, for those who do not see it. */
export function reliabilitySentence({ exits }: ReliabilityData): string {
  const each = exits.map(
    ({ exit, error, accuracy, confidence }) =>
      `${exitLabel(exit, exits.length)} ${error.mean.toFixed(1)} points (${confidence.mean > accuracy.mean ? 'too sure' : 'not sure enough'})`,
  )
  return `Reliability of the exits. Expected calibration error: ${each.join(', ')}.`
}

function labelsOf({ exits }: ReliabilityData, { theme }: FigureFrame): EndLabel[] {
  return exits.map((each) => {
    const [confidence, accuracy] = pointsOf(each).at(-1)!
    return {
      text: `${exitLabel(each.exit, exits.length)}, ECE ${each.error.mean.toFixed(1)}`,
      end: [confidence!, accuracy!],
      colour: exitColour(each.exit, exits.length, theme),
      ink: figureColours[theme].text,
    }
  })
}

/** [confidence, accuracy, share] of the bins that hold samples; the first two in %. */
function pointsOf({ bins }: ReliabilityExit): number[][] {
  return bins.flatMap(({ confidence, accuracy, share }) =>
    confidence === null || accuracy === null ? [] : [[100 * confidence, 100 * accuracy, share]],
  )
}

function line(
  exit: ReliabilityExit,
  { exitCount, theme }: { exitCount: number; theme: FigureFrame['theme'] },
): LineSeriesOption {
  const colour = exitColour(exit.exit, exitCount, theme)
  return {
    type: 'line',
    name: exitLabel(exit.exit, exitCount),
    data: pointsOf(exit),
    showSymbol: true,
    symbol: 'circle',
    symbolSize: ([, , share]: number[]) => smallestDot + (largestDot - smallestDot) * Math.sqrt(share!),
    z: 3,
    lineStyle: { color: colour, width: 1.5, join: 'round' },
    itemStyle: { color: colour, opacity: 0.85 },
  }
}

function diagonal(colour: string): LineSeriesOption {
  return {
    ...{ type: 'line', silent: true, showSymbol: false, z: 2 },
    data: [
      [0, 0],
      [100, 100],
    ],
    lineStyle: { color: colour, width: 1, type: [4, 3] },
  }
}
