import { defineReading } from '../reading.ts'
import { trainingCurvesAnswer, trainingCurvesQuestion } from './schema.ts'

export const trainingCurves = defineReading({
  info: {
    title: 'Training curves',
    sentence: 'one metric of each run over its training',
    withoutImports: null,
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: trainingCurvesQuestion,
  answer: trainingCurvesAnswer,
  compute: async () => ({ compute: async (sources, asked) => sources.curves(asked) }),
  figure: () => import('./figure.ts'),
})
