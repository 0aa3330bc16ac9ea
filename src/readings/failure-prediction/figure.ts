import type { Figure } from '../../figures/figure.ts'
import { lineNames, seriesLinesOption, type SeriesLine } from '../../figures/series-lines.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { backboneCostWords } from '../../shared/evaluation/cost-kind.ts'
import { openedIn, readOnSentences } from '../../shared/evaluation/read-on.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import type { FailurePredictionAnswer } from './schema.ts'

/** AUROC of each exit against its cost, a line for each series. */
export function figure({ rule, series }: FailurePredictionAnswer): Figure {
  const lines: SeriesLine[] = lineNames(series).map(({ exits, ...row }) => ({
    ...row,
    points: exits.flatMap(({ fraction, failurePrediction }) =>
      failurePrediction ? { x: 100 * fraction, ...failurePrediction.auroc } : [],
    ),
  }))
  const data = {
    title: `AUROC of the ${ruleInWords(rule)} (%)`,
    xTitle: `Cost of the exit (% of ${backboneCostWords(series[0] ?? {})})`,
    xHigh: Math.max(100, ...series.flatMap(({ exits }) => exits.map(({ fraction }) => 100 * fraction))),
    note: `50 % is chance, 100 % tells every right from every wrong prediction; ${series[0]?.readOn ?? 'test'} samples`,
    lines,
  }
  return {
    name: comparisonStem(series, 'failure-prediction'),
    sentence: [sentenceOf(lines), ...readOnSentences(openedIn(series))].join(' '),
    option: (frame) => seriesLinesOption(data, frame),
  }
}

function sentenceOf(lines: readonly SeriesLine[]): string {
  const texts = lines.map(({ series, points }) => {
    const values = points.map(({ mean }) => mean.toFixed(1)).join(', ')
    return `${series} ${values === '' ? '–' : values}`
  })
  return `AUROC (%) of failure prediction by exit, from the first to the final one. ${texts.join('; ')}.`
}
