import { defineReading } from '../reading.ts'
import { predictedValuesAnswer, predictedValuesQuestion } from './schema.ts'

export const predictedValues = defineReading({
  info: {
    title: 'Predicted values',
    sentence: 'error and correlations of every exit of one run of a regression',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
    of: 'runs',
  },
  question: predictedValuesQuestion,
  answer: predictedValuesAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
