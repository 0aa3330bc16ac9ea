import type { Figure } from '../../figures/figure.ts'
import { lineNames, seriesLinesOption } from '../../figures/series-lines.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { macsColumn } from '../../shared/evaluation/macs-column.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { budgetColumn, capitalised } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { TrainingCostAnswer } from './schema.ts'
import { sharedSentence } from './words.ts'

/** What each series is worth at the first of the budgets, against what its training cost. @throws ExitlabError `conflict` where nothing is known of either. */
export function figure(answer: TrainingCostAnswer): Figure {
  const metric = primaryMetric(answer)
  const { readOn = 'test' } = answer
  const [budget = null] = answer.budgets
  const cost = macsColumn(Math.max(0, ...answer.series.flatMap(({ macs }) => macs?.mean ?? [])), 'macs')
  const lines = lineNames(answer.series).flatMap(({ macs, cells: [cell], ...row }) =>
    macs && cell ? [{ ...row, points: [{ x: cost.valueOf(macs.mean), mean: cell.mean, std: cell.std }] }] : [],
  )
  if (lines.length === 0) throw nothingToDraw()
  const within = budget === null ? 'without a budget' : `within ${budgetColumn(budget).title} of the backbone’s cost`
  const data = {
    title: `${withUnit(capitalised(`${readOn} ${metric.noun}`), metric)} ${within}`,
    xTitle: `${cost.title} of training, forward and backward`,
    xHigh: Math.max(...lines.flatMap(({ points }) => points.map(({ x }) => x))),
    note: answer.shared.length === 0 ? '' : 'shared phases count for each series',
    lines,
  }
  const texts = lines.map(({ series, points: [point] }) => {
    const value = `${point!.mean.toFixed(metric.decimals - 1)} ${metric.unit}`.trim()
    return `${series} ${value} for ${point!.x.toFixed(2)}`
  })
  return {
    name: comparisonStem(answer.series, 'training-cost'),
    sentence: [
      `${capitalised(readOn)} ${metric.noun} ${within} against ${cost.title} of training: ${texts.join('; ')}.`,
      ...sharedSentence(answer),
    ].join(' '),
    option: (frame) => seriesLinesOption(data, frame),
  }
}

function nothingToDraw(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'There is nothing to draw: no series has both a known number of training steps and a threshold within the budget. Choose a larger budget.',
  )
}
