import { defineReading } from '../reading.ts'
import { largestErrorsAnswer, largestErrorsQuestion } from './schema.ts'

export const largestErrors = defineReading({
  info: {
    title: 'Largest errors',
    sentence:
      'samples of one run of a regression, those with the largest errors first, under thresholds of your own (--set thresholds=0.05)',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
    of: 'runs',
  },
  question: largestErrorsQuestion,
  answer: largestErrorsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
})
