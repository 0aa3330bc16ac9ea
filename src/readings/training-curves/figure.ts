import type { EChartsOption, SeriesOption } from 'echarts'
import { powerOfTen } from '../../shared/format/numbers.ts'
import { inUnit, withUnit } from '../../shared/methods/metric.ts'
import { extent } from '../../shared/statistics/statistics.ts'
import { capitalised } from '../../shared/tables/table-words.ts'
import { chart, type ChartContent } from '../../figures/chart.ts'
import type { EndLabel } from '../../figures/end-labels.ts'
import { dataLine, spreadBand } from '../../figures/marks.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import { regimeStyles, seriesStyle, type RegimeStyle } from '../../figures/regimes.ts'
import { thinned } from '../../figures/thinned.ts'
import { roundTicks, ticksAround } from '../../figures/ticks.ts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { trainingCurvesData } from './curves.ts'
import type { CurveAxis, RunCurve } from '../given.ts'
import type { TrainingCurvesData, TrainingLine } from './curves.ts'
import type { TrainingCurvesQuestion } from './schema.ts'

const axisTitles: Record<CurveAxis, string> = {
  epoch: 'Epoch, over all phases',
  step: 'Training step, over all phases',
  seconds: 'Training time (s), over all phases',
}
/** With more lines than this, only groups are distinguished. */
const mostNames = 12

/** @throws ExitlabError `conflict` where there is nothing to draw. */
export function figure(curves: readonly RunCurve[], question: TrainingCurvesQuestion): Figure {
  const data = trainingCurvesData(curves, question)
  if (data.lines.length === 0) throw noCurve(question.x)
  const experiments = curves.map(({ run }) => run.experiment)
  const drawing = { option: trainingCurvesOption, sentence: trainingCurvesSentence }
  return figureOf(fileStem(experiments, 'training-curves'), data, drawing)
}

function noCurve(x: CurveAxis): ExitlabError {
  const steps = x === 'step' ? ' Phases trained by an earlier version have no recorded steps: use epochs.' : ''
  return new ExitlabError('conflict', `None of these runs has evaluated this exit yet.${steps}`)
}

/**
 * One metric of several runs while they were trained, a line for each run or the mean over seeds with its ±1 standard deviation
 * band; lines of a group share their look. A function of data and size alone.
 */
export function trainingCurvesOption(data: TrainingCurvesData, frame: FigureFrame): EChartsOption {
  const longest = Math.max(1, ...data.lines.flatMap(({ points }) => points.at(-1)?.x ?? []))
  const { option } = chart(
    {
      title: valueTitle(data),
      labels: labelsOf(data, frame),
      note: data.note,
      x: {
        title: axisTitles[data.x],
        low: 0,
        high: longest,
        ticks: (pixels) =>
          roundTicks(0, longest, Math.max(2, Math.min(8, pixels / 70))).filter(
            (tick) => data.x === 'seconds' || Number.isInteger(tick),
          ),
      },
      y: valueAxis(data),
    },
    frame,
  )
  return option(data.lines.flatMap((line) => seriesOf(line, data, frame)))
}

/** Text description of the figure. */
export function trainingCurvesSentence(data: TrainingCurvesData): string {
  const title = valueTitle(data)
  if (data.lines.length === 0) return `${title}: no epoch is complete yet.`
  const ends = data.lines
    .slice(0, mostNames)
    .map(({ name, points }) => `${name} ${points.at(-1)!.value.toFixed(data.metric.decimals - 1)}`)
  const others = data.lines.length - ends.length
  return `${title} at the end of each line: ${ends.join('; ')}${others > 0 ? `; and ${others} others` : ''}.`
}

/** `Validation accuracy (%)`; `Accuracy (%)` where some were imported that were measured on other samples. */
function valueTitle({ metric, split, scale, imported }: TrainingCurvesData): string {
  const areAlike = split === 'train' || imported.every((each) => each.split === 'validation')
  const of = split === 'train' ? 'Training' : 'Validation'
  const unit = [metric.unit, scale === 'log' ? 'logarithmic' : ''].filter(Boolean).join(', ')
  return withUnit(areAlike ? `${of} ${metric.noun}` : capitalised(metric.noun), { unit })
}

/** Lines have the looks of their regimes, or of a sequence if coloured by something else. */
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
  const places = points.map(({ x, value }) => [x, onScale(data, value)])
  const single = { showSymbol: points.length === 1, symbol: 'circle', symbolSize: 5 }
  return [
    ...spreadBand(line.name, bounds, { colour }),
    dataLine(line.name, places, { colour, dash, width: data.seeds === 'mean' ? 1.75 : 1.25, ...single }),
  ]
}

/** Lower end of a deviation; on a logarithmic axis, which has no place for 0, no less than a tenth of the mean. */
function lowEnd({ scale }: TrainingCurvesData, { value, std }: { value: number; std: number }): number {
  return scale === 'log' ? Math.max(value - std, value / 10) : value - std
}

/** Powers of ten on a logarithmic axis, which has no room for 0: the least is a millionth. */
function onScale({ scale }: TrainingCurvesData, value: number): number {
  return scale === 'log' ? Math.log10(Math.max(value, 1e-6)) : value
}

function valueAxis(data: TrainingCurvesData): ChartContent['y'] {
  const [low = 0, high = 1] = extent(data.lines.flatMap((line) => ends(line, data)))
  if (data.scale === 'log') {
    const [first, last] = [Math.floor(low), Math.max(Math.floor(low) + 1, Math.ceil(high))]
    return { ticks: Array.from({ length: last - first + 1 }, (_, index) => first + index), text: powerOfTen }
  }
  const [lowest, highest] = data.metric.range.map((end) => inUnit(data.metric, end)) as [number, number]
  return { ticks: ticksAround(low, high, 6).filter((tick) => tick >= lowest && tick <= highest) }
}

/** Values of a line as they are drawn, deviations included. */
function ends({ points }: TrainingLine, data: TrainingCurvesData): number[] {
  return points.flatMap(({ value, std }) =>
    [lowEnd(data, { value, std: std ?? 0 }), value + (std ?? 0)].map((end) => onScale(data, end)),
  )
}
