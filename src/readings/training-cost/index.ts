import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { trainingCostAnswer, trainingCostQuestion } from './schema.ts'

export const trainingCost = defineReading({
  info: {
    title: 'Training cost',
    sentence: 'epochs, multiply-adds forward and backward, and hours that each series took to train',
    withoutImports: 'how they were trained is not known',
    needsClasses: false,
    placed: true,
    samples: { readOn: 'asked' },
  },
  question: trainingCostQuestion,
  answer: trainingCostAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ series, ...answer }) => ({ ...answer, series: series.map(seriesJson) }),
})
