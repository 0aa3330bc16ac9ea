import { defineReading } from '../reading.ts'
import { whatIfAnswer, whatIfQuestion } from './schema.ts'

export const whatIf = defineReading({
  info: {
    title: 'What if',
    sentence: 'what leaves at each exit under thresholds of your own, of the runs of one series (--set thresholds=0.7)',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
    of: 'runs',
  },
  question: whatIfQuestion,
  answer: whatIfAnswer,
  json: ({ look: _, ...answer }) => answer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
