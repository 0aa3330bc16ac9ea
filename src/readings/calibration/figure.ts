import type { EChartsOption, LineSeriesOption } from 'echarts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Reliability } from '../../shared/statistics/calibration.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import { plural } from '../../shared/format/numbers.ts'
import { endOfRangeWords } from '../../shared/evaluation/temperature-range.ts'
import { chart } from '../../figures/chart.ts'
import type { EndLabel } from '../../figures/end-labels.ts'
import { exitColour } from '../../figures/exit-colours.ts'
import { exitLabel } from '../../figures/exit-curves-data.ts'
import { dataLine, diagonalLine } from '../../figures/marks.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import type { FigureTheme } from '../../figures/regimes.ts'
import { figureColours } from '../../figures/theme.ts'
import type { CalibrationAnswer, SeriesCalibration } from './schema.ts'

/** Reliability of the exits of one regime. */
interface ReliabilityData {
  exits: (Reliability & Pick<SeriesCalibration['exits'][number], 'exit' | 'accuracy' | 'atEndOfRange'>)[]
  /** Whether of logits at the temperatures of the exits. */
  isScaled: boolean
  /** Data of the computation. */
  note: string
}

/** The diagram of one series on one split. @throws ExitlabError `usage` for several. */
export function figure({ series, scaled }: CalibrationAnswer): Figure {
  const names = [...new Set(series.map((each) => `${each.series} of ${each.experiment}`))]
  if (names.length > 1) throw ofSeveral(names)
  // Of both splits the test set.
  const shown = series.at(-1)!
  const { experiment, series: name, split, runs, exits } = shown
  const subject = `${name}, ${plainText(experiment, 60)}`
  const data = reliabilityData(exits, { scaled, note: reliabilityNote({ subject, split, runs, exits, scaled }) })
  const drawing = { option: reliabilityOption, sentence: reliabilitySentence }
  return figureOf(fileStem([`${experiment} ${name}`], 'reliability'), data, drawing)
}

function ofSeveral(names: readonly string[]): ExitlabError {
  return new ExitlabError(
    'usage',
    `Expected runs of one series; got runs of ${names.length} series: ${names.join(', ')}. Choose the runs of one series.`,
    { inapplicable: true },
  )
}

/** Reliability of logits as they are, or divided by the temperature of their exit. */
export function reliabilityData(
  exits: SeriesCalibration['exits'],
  { scaled, note }: { scaled: boolean; note: string },
): ReliabilityData {
  return { exits: scaled ? exits.map((each) => ({ ...each, ...each.scaled })) : exits, isScaled: scaled, note }
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
  return option([
    diagonalLine([0, 100], figureColours[frame.theme]),
    ...data.exits.map((exit) => line(exit, data, frame.theme)),
  ])
}

/** Data of the computation: `mixed, quickstart · test samples · 2 seeds`. */
function reliabilityNote({
  subject,
  split,
  runs,
  exits,
  scaled,
}: {
  subject: string
  scaled: boolean
} & Pick<SeriesCalibration, 'split' | 'runs' | 'exits'>) {
  const parts = [subject, `${split} samples`, plural(runs.length, 'seed'), ...(scaled ? ['temperature-scaled'] : [])]
  const ends = scaled ? endsOfRange(exits) : []
  if (ends.length > 0) parts.push(`T of ${ends.join(', ')} at the end of its range`)
  return [...parts, 'dot size: samples in the bin'].join(' · ')
}

/** Text description of the figure. */
export function reliabilitySentence({ exits, isScaled }: ReliabilityData): string {
  const each = exits.map(
    ({ exit, error, accuracy, confidence }) =>
      `${exitLabel(exit, exits.length)} ${error.mean.toFixed(1)} points (${confidence.mean > accuracy.mean ? 'overconfident' : 'underconfident'})`,
  )
  const ends = isScaled ? endsOfRange(exits) : []
  const end = ends.length === 0 ? '' : ` ${ends.join(', ')}: ${endOfRangeWords}`
  return `Reliability of the exits. Expected calibration error: ${each.join(', ')}.${end}`
}

/** Exits of which a temperature is an end of its range. */
const endsOfRange = (exits: readonly { exit: number; atEndOfRange: number }[]): string[] =>
  exits.flatMap(({ exit, atEndOfRange }) => (atEndOfRange > 0 ? [exitLabel(exit, exits.length)] : []))

function labelsOf({ exits }: ReliabilityData, { theme }: FigureFrame): EndLabel[] {
  return exits.map((each) => {
    const [confidence, accuracy] = pointsOf(each).at(-1)!
    return {
      text: `${exitLabel(each.exit, exits.length)}, ECE ${each.error.mean.toFixed(1)}`,
      end: [confidence!, accuracy!],
      colour: exitColour(each.exit, exits.length, theme),
      ink: figureColours[theme].text,
      marker: 'circle',
      dash: [],
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
