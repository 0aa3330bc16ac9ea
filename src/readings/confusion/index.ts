import { defineReading } from '../reading.ts'
import { confusionAnswer, confusionQuestion } from './schema.ts'

export const confusion = defineReading({
  info: {
    title: 'Confusion',
    sentence: 'what an exit takes each class for, of the runs of one series (--set exit=0)',
    withoutImports: 'this table needs samples',
    needsClasses: true,
    placed: true,
    of: 'runs',
  },
  question: confusionQuestion,
  answer: confusionAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
