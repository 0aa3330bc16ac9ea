import { defineReading } from '../reading.ts'
import { parallelCoordinatesAnswer, parallelCoordinatesQuestion } from './schema.ts'

export const parallelCoordinates = defineReading({
  info: {
    title: 'All settings',
    sentence: 'series of a sweep with their settings and accuracy at a budget, the best first',
    withoutImports: 'they are of no sweep',
    needsClasses: false,
    placed: true,
  },
  question: parallelCoordinatesQuestion,
  answer: parallelCoordinatesAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
