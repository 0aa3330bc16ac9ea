import { defineReading } from '../reading.ts'
import { samplePathAnswer, samplePathQuestion } from './schema.ts'

export const samplePath = defineReading({
  info: {
    title: 'Path of a sample',
    sentence: 'a sample at each exit of one run under thresholds of your own (--set sample=12 --set thresholds=0.7)',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
    of: 'runs',
  },
  question: samplePathQuestion,
  answer: samplePathAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
})
