import type { EChartsOption } from 'echarts'
import type { Confusion } from '../shared/confusion.ts'
import { plainText } from '../shared/plain-text.ts'
import { exitLabel } from './exit-curves-data.ts'
import { heatMapOption } from './heat-map.ts'
import type { HeatMapData } from './heat-map-layout.ts'
import type { FigureFrame } from './plot.ts'

export interface ConfusionMapData extends Confusion {
  /** Names of the classes. */
  classes: readonly string[]
}

/** Characters of a name: beside the map, and in its sentence. */
const longestName = 16
const longestSpokenName = 60

/** Classes by what an exit takes them for, in % of the samples of each class. A function of data and size alone. */
export function confusionMapOption(data: ConfusionMapData, frame: FigureFrame): EChartsOption {
  return heatMapOption(confusionHeatMap(data), frame)
}

function confusionHeatMap(data: ConfusionMapData): HeatMapData {
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

/** In % of the samples of a class: [classes][predicted classes]; null for classes without samples. */
export function confusionShares({ classCount, counts }: Pick<Confusion, 'classCount' | 'counts'>): (number | null)[][] {
  return Array.from({ length: classCount }, (_, label) => {
    const row = counts.slice(label * classCount, (label + 1) * classCount)
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => (total === 0 ? null : (100 * count) / total))
  })
}

/** Text description of the figure: the most frequent errors. */
export function confusionSentence(data: ConfusionMapData): string {
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
