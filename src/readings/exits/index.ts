import { costName } from '../../shared/evaluation/cost-kind.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { exitsAnswer, exitsQuestion, type SeriesExits } from './schema.ts'

export const exits = defineReading({
  info: {
    title: 'Single exits',
    sentence: 'cost, accuracy and overthinking of single exits',
    withoutImports: null,
    needsClasses: false,
    placed: true,
  },
  question: exitsQuestion,
  answer: exitsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  json: (answer) => answer.map(exitsJson),
})

/** The metric of each exit under its name. */
function exitsJson({ exits: rows, ...series }: SeriesExits) {
  const { name } = primaryMetric(series)
  const named = rows.map(({ value, overthinking, cost, ...exit }) => ({
    ...exit,
    [costName(series)]: cost,
    [name]: value,
    ...(overthinking && { overthinking }),
  }))
  return seriesJson({ ...series, exits: named })
}
