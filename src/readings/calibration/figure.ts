import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { Calibration, Reliability } from '../shared/calibration.ts'
import { plural } from '../shared/format/numbers.ts'
import { chart } from './chart.ts'
import type { EndLabel } from './end-labels.ts'
import { exitColour } from './exit-colours.ts'
import { exitLabel } from './exit-curves-data.ts'
import { dataLine } from './marks.ts'
import type { FigureFrame } from './plot.ts'
import type { FigureTheme } from './regimes.ts'
import { figureColours } from './theme.ts'

/** Reliability of the exits of one regime. */
export interface ReliabilityData {
  exits: (Reliability & Pick<Calibration['exits'][number], 'exit' | 'accuracy'>)[]
  /** Data of the computation. */
  note: string
}

/** Reliability of logits as they are, or divided by the temperature of their exit. */
export function reliabilityData(
  exits: Calibration['exits'],
  { scaled, note }: { scaled: boolean; note: string },
): ReliabilityData {
  return { exits: scaled ? exits.map((each) => ({ ...each, ...each.scaled })) : exits, note }
}

type ReliabilityExit = ReliabilityData['exits'][number]

const percentTicks = [0, 20, 40, 60, 80, 100]
/** Diameter in pixels of the dot of a bin with few samples, and of one with all samples. */
const [smallestDot, largestDot] = [3, 16]

/**
 * Accuracy against confidence, a line for each exit with a dot for each bin, as large as the bin is full; on the dashed
 * diagonal confidence is what accuracy is. A function of data and size alone.
 */
export function reliabilityOption(data: ReliabilityData, frame: FigureFrame): EChartsOption {
  const { option } = chart(
    {
      title: 'Accuracy (%)',
      labels: labelsOf(data, frame),
      note: data.note,
      x: { title: 'Confidence (%)', low: 0, high: 100, ticks: () => percentTicks },
      y: { ticks: percentTicks },
    },
    frame,
  )
  const { muted } = figureColours[frame.theme]
  const diagonal = [percentTicks[0]!, percentTicks.at(-1)!].map((end) => [end, end])
  return option([
    dataLine('', diagonal, { colour: muted, width: 1, dash: [4, 3], z: 2, silent: true }),
    ...data.exits.map((exit) => line(exit, data, frame.theme)),
  ])
}

/** Data of the computation: `mixed, quickstart · test samples · 2 seeds`. */
export function reliabilityNote({
  subject,
  split,
  runs,
  scaled,
}: {
  subject: string
  split: string
  runs: readonly unknown[]
  scaled: boolean
}) {
  const parts = [subject, `${split} samples`, plural(runs.length, 'seed'), ...(scaled ? ['temperature-scaled'] : [])]
  return [...parts, 'dot size: samples in the bin'].join(' · ')
}

/** Text description of the figure. */
export function reliabilitySentence({ exits }: ReliabilityData): string {
  const each = exits.map(
    ({ exit, error, accuracy, confidence }) =>
      `${exitLabel(exit, exits.length)} ${error.mean.toFixed(1)} points (${confidence.mean > accuracy.mean ? 'overconfident' : 'underconfident'})`,
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

function line(exit: ReliabilityExit, { exits }: ReliabilityData, theme: FigureTheme): LineSeriesOption {
  const colour = exitColour(exit.exit, exits.length, theme)
  return dataLine(exitLabel(exit.exit, exits.length), pointsOf(exit), {
    colour,
    width: 1.5,
    showSymbol: true,
    symbol: 'circle',
    symbolSize: ([, , share]: number[]) => smallestDot + (largestDot - smallestDot) * Math.sqrt(share!),
    itemStyle: { color: colour, opacity: 0.85 },
  })
}
