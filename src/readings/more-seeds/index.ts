import { defineReading } from '../reading.ts'
import { budgetQuestion } from '../question.ts'
import { moreSeedsAnswer } from './schema.ts'

export const moreSeeds = defineReading({
  info: {
    title: 'What more seeds would decide',
    sentence: 'expected intervals of differences with more seeds, and how many may decide each',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
  },
  question: budgetQuestion,
  answer: moreSeedsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
})
