import { defineReading } from '../reading.ts'
import { sweepQuestion, sweptValues } from '../sweep.ts'

export const parallelCoordinates = defineReading({
  info: {
    title: 'All settings',
    sentence: 'series of a sweep with their settings and accuracy at a budget, the best first',
    withoutImports: 'they are of no sweep',
    needsClasses: false,
    placed: true,
  },
  question: sweepQuestion,
  answer: sweptValues,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
