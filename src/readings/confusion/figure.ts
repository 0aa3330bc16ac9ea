import type { EChartsOption } from 'echarts'
import { plainText } from '../../shared/text/plain-text.ts'
import { exitLabel } from '../../figures/exit-curves-data.ts'
import { heatMapOption } from '../../figures/heat-map.ts'
import type { HeatMapData } from '../../figures/heat-map-layout.ts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import type { ConfusionAnswer } from './schema.ts'
import { confusionShares } from './shares.ts'

type Drawn = Pick<ConfusionAnswer, 'classes' | 'exit' | 'accuracies' | 'classCount' | 'counts'>

/** Characters of a name: beside the map, and in its sentence. */
const longestName = 16
const longestSpokenName = 60

export function figure(answer: ConfusionAnswer): Figure {
  const name = fileStem([`${answer.experiment} ${answer.series}`], 'confusion')
  return figureOf(name, answer, { option: confusionMapOption, sentence: confusionSentence })
}

/** Classes by what an exit takes them for, in % of the samples of each class. A function of data and size alone. */
export function confusionMapOption(data: Drawn, frame: FigureFrame): EChartsOption {
  return heatMapOption(confusionHeatMap(data), frame)
}

function confusionHeatMap(data: Drawn): HeatMapData {
  const names = data.classes.map((name) => plainText(name, longestName))
  return {
    title: `Predicted classes (%) of each class, ${exitLabel(data.exit, data.accuracies.length)}`,
    rows: names,
    columns: names.map((label) => ({ label })),
    mayStandUpright: true,
    values: confusionShares(data),
    low: 0,
    high: 100,
    decimals: 0,
  }
}

/** Text description of the figure: the most frequent errors. */
export function confusionSentence(data: Drawn): string {
  const { exit, accuracies } = data
  const classes = data.classes.map((name) => plainText(name, longestSpokenName))
  const mistakes = confusionShares(data)
    .flatMap((row, label) => row.map((share, predicted) => ({ label, predicted, share: share ?? 0 })))
    .filter(({ label, predicted, share }) => label !== predicted && share > 0)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ label, predicted, share }) => `${classes[label]} for ${classes[predicted]} ${share.toFixed(1)} %`)
  const found = mistakes.length === 0 ? 'no mistake' : mistakes.join(', ')
  return `Predictions of ${exitLabel(exit, accuracies.length)} by class. Most frequent errors: ${found}.`
}
