import { costName } from '../../shared/evaluation/cost-kind.ts'
import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { failurePredictionAnswer, failurePredictionQuestion, type SeriesFailures } from './schema.ts'

export const failurePrediction = defineReading({
  info: {
    title: 'Failure prediction',
    sentence: 'how well the score of each exit tells its right from its wrong predictions (AUROC, excess AURC)',
    withoutImports: 'this table needs samples',
    needsClasses: true,
  },
  question: failurePredictionQuestion,
  answer: failurePredictionAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ rule, series }) => ({ rule, series: series.map(withCostName) }),
})

/** The cost of an exit under the name of its unit. */
function withCostName({ exits, ...series }: SeriesFailures) {
  const named = exits.map(({ cost, ...exit }) => ({ ...exit, [costName(series)]: cost }))
  return seriesJson({ ...series, exits: named })
}
