import type { EChartsOption, ScatterSeriesOption } from 'echarts'
import { fileStem } from '../../shared/text/file-name.ts'
import { plural } from '../../shared/format/numbers.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import type { Figure } from '../../figures/figure.ts'
import type { PredictedValuesAnswer } from './schema.ts'
import type { PredictedValues } from '../../shared/evaluation/predicted-values.ts'
import { extent } from '../../shared/statistics/statistics.ts'
import { chart } from '../../figures/chart.ts'
import { exitColour } from '../../figures/exit-colours.ts'
import { exitLabel } from '../../figures/exit-curves-data.ts'
import { diagonalLine } from '../../figures/marks.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import { figureColours } from '../../figures/theme.ts'
import { ticksAround } from '../../figures/ticks.ts'

interface PredictedValuesData extends Omit<PredictedValues, 'run'> {
  /** Data of the computation. */
  note: string
}

export function figure(answer: PredictedValuesAnswer): Figure {
  const { name, series, experiment, seed, exit, exits, split } = answer
  const subject = `${series}, ${plainText(experiment, 60)} · seed ${seed} · ${exitLabel(exit, exits.length)}`
  const note = predictedValuesNote(answer, { subject, split })
  return {
    name: fileStem([name], 'predicted-values'),
    option: (frame) => predictedValuesOption({ ...answer, note }, frame),
    sentence: predictedValuesSentence(answer),
  }
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
  const dots: ScatterSeriesOption = {
    type: 'scatter',
    name: exitLabel(exit, exits.length),
    data: values.map((value, index) => [value, predictions[index]!]),
    symbolSize: values.length > 500 ? 3.5 : 5,
    itemStyle: { color: exitColour(exit, exits.length, frame.theme), opacity: values.length > 500 ? 0.45 : 0.7 },
    z: 3,
  }
  return option([diagonalLine([from, to], figureColours[frame.theme]), dots])
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
