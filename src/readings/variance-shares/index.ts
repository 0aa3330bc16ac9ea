import { defineReading } from '../reading.ts'
import { sweepQuestion } from '../sweep.ts'
import { varianceSharesAnswer } from './schema.ts'

export const varianceShares = defineReading({
  info: {
    title: 'What matters',
    sentence: 'share of the variance at a budget that each setting of a sweep explains',
    withoutImports: 'they are of no sweep',
    needsClasses: false,
    placed: true,
  },
  question: sweepQuestion,
  answer: varianceSharesAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
