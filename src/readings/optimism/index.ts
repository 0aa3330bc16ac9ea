import { costKeyOf } from '../../shared/evaluation/cost-kind.ts'
import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { optimismAnswer, optimismQuestion } from './schema.ts'

export const optimism = defineReading({
  info: {
    title: 'Optimism',
    sentence: 'accuracy gained by thresholds chosen on test samples',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
    samples: { thresholdsOn: 'both' },
  },
  question: optimismQuestion,
  answer: optimismAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ task, budgets, rows, ...answer }) => ({
    ...(task && { task }),
    ...costKeyOf(answer),
    budgets,
    rows: rows.map(seriesJson),
  }),
})
