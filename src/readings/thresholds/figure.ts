import type { Figure } from '../../figures/figure.ts'
import { lineNames, seriesLinesOption } from '../../figures/series-lines.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { backboneCostWords } from '../../shared/evaluation/cost-kind.ts'
import { capitalised } from '../../shared/tables/table-words.ts'
import type { ThresholdsAnswer } from './schema.ts'
import { caveatOf, eachByItself, probabilityText, riskWords, testInWords } from './words.ts'

/** Cost against tolerated risk, a line for each series. */
export function figure(answer: ThresholdsAnswer): Figure {
  const { series, risk, bound, delta } = answer
  const lines = lineNames(series).map(({ choices, ...row }) => ({
    ...row,
    points: choices.flatMap(({ target, cost }) =>
      target.kind === 'risk' ? { x: 100 * target.tolerated, ...cost } : [],
    ),
  }))
  const tolerated = lines.flatMap(({ points }) => points.map(({ x }) => x))
  if (tolerated.length === 0)
    throw new ExitlabError('usage', 'There is no tolerated risk to draw: expected one or more in `tolerated`.')
  const data = {
    title: `Cost (% of ${backboneCostWords(series[0] ?? {})})`,
    xTitle:
      bound === undefined
        ? `Tolerated ${risk} ε (% of samples)`
        : `Tolerated mean squared difference from the final exit (% of ${bound})`,
    xHigh: Math.max(...tolerated),
    note: caveatOf(series) ?? `${capitalised(testInWords(answer))}.`,
    lines,
  }
  const texts = lines.map(({ series: name, points }) => {
    const costs = points.map(({ x, mean }) => `${mean.toFixed(1)} at ${Number(x.toPrecision(6))} %`)
    return `${name} ${costs.join(', ')}`
  })
  return {
    name: comparisonStem(series, 'thresholds'),
    sentence: `Cost (%) if ${riskWords(answer)} may be at most ε, with probability ${probabilityText(delta)} % ${eachByItself}. ${texts.join('; ')}.`,
    option: (frame) => seriesLinesOption(data, frame),
  }
}
