import { defineReading } from '../reading.ts'
import { curveAnswer, curveQuestion } from './schema.ts'

export const curve = defineReading({
  info: {
    title: 'Accuracy against cost',
    sentence: 'points of the figure of accuracy against cost',
    withoutImports: null,
    needsClasses: false,
    placed: true,
  },
  question: curveQuestion,
  answer: curveAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
