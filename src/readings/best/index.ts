import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { bestAnswer, bestQuestion } from './schema.ts'
import { bestSentence } from './sentence.ts'

export const best = defineReading({
  info: {
    title: 'Best series',
    sentence: 'series ranked on validation samples, and which of them these do not tell apart',
    withoutImports: 'they have no validation samples',
    needsClasses: false,
    samples: { thresholdsOn: 'validation' },
  },
  question: bestQuestion,
  answer: bestAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  json: (answer) => ({
    ...answer,
    atBudgets: answer.atBudgets.map(({ budget, ranking, withoutThreshold, smallest }) => ({
      budget,
      ...(smallest !== undefined && { smallest }),
      sentence: bestSentence(answer, budget),
      ranking: ranking.map(seriesJson),
      withoutThreshold: withoutThreshold.map(seriesJson),
    })),
  }),
})
