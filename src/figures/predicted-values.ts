import type { EChartsOption, ScatterSeriesOption } from 'echarts'
import { plural } from '../shared/format/numbers.ts'
import type { PredictedValues } from '../shared/predicted-values.ts'
import { extent } from '../shared/statistics.ts'
import { chart } from './chart.ts'
import { exitColour } from './exit-colours.ts'
import { exitLabel } from './exit-curves-data.ts'
import { dataLine } from './marks.ts'
import type { FigureFrame } from './plot.ts'
import { figureColours } from './theme.ts'
import { ticksAround } from './ticks.ts'

export interface PredictedValuesData extends Omit<PredictedValues, 'run'> {
  /** Data of the computation. */
  note: string
}

/** Predicted against true value, a dot for each sample; on the dashed diagonal they are equal. A function of data and size alone. */
export function predictedValuesOption(data: PredictedValuesData, frame: FigureFrame): EChartsOption {
  const { exit, exits, values, predictions } = data
  const [low = 0, high = 1] = extent([...values, ...predictions])
  const ticks = ticksAround(low, high, 6)
  const [from, to] = [ticks[0]!, ticks.at(-1)!]
  const { option } = chart(
    {
      title: 'Predicted value',
      labels: [],
      note: data.note,
      x: { title: 'True value', low: from, high: to, ticks: () => ticks },
      y: { ticks },
    },
    frame,
  )
  const { muted } = figureColours[frame.theme]
  const ends = [from, to].map((end) => [end, end])
  const dots: ScatterSeriesOption = {
    type: 'scatter',
    name: exitLabel(exit, exits.length),
    data: values.map((value, index) => [value, predictions[index]!]),
    symbolSize: values.length > 500 ? 3.5 : 5,
    itemStyle: { color: exitColour(exit, exits.length, frame.theme), opacity: values.length > 500 ? 0.45 : 0.7 },
    z: 3,
  }
  return option([dataLine('', ends, { colour: muted, width: 1, dash: [4, 3], z: 2, silent: true }), dots])
}

/** Data of the computation: `mixed, sts · seed 1 · 1,379 test samples`, and how many of them are drawn. */
export function predictedValuesNote(
  { every, sampleCount }: Pick<PredictedValues, 'every' | 'sampleCount'>,
  { subject, split }: { subject: string; split: string },
): string {
  const drawn = every === 1 ? [] : [`one of ${every} drawn`]
  return [subject, plural(sampleCount, `${split} sample`), ...drawn].join(' · ')
}

/** Text description of the figure. */
export function predictedValuesSentence({ exit, exits }: Pick<PredictedValues, 'exit' | 'exits'>): string {
  const { mse, bias, pearson } = exits[exit]!
  const side = bias > 0 ? 'above' : 'below'
  const correlation =
    pearson === null ? 'no correlation, as one of them is constant' : `correlation ${pearson.toFixed(3)}`
  return (
    `Predicted against true values of ${exitLabel(exit, exits.length)}: MSE ${mse.toFixed(4)}, ${correlation}; ` +
    `on average ${Math.abs(bias).toFixed(4)} ${side} the true value.`
  )
}
