import { defineReading } from '../reading.ts'
import { samplesAnswer, samplesQuestion } from './schema.ts'

export const samples = defineReading({
  info: {
    title: 'Samples',
    sentence:
      'samples of one run by where they leave and where they are right, under thresholds of your own (--set group=never --set thresholds=0.7)',
    withoutImports: 'this table needs samples',
    needsClasses: true,
    placed: true,
    of: 'runs',
  },
  question: samplesQuestion,
  answer: samplesAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
})
