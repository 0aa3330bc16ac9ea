import { defineReading } from '../reading.ts'
import { differencesQuestion } from '../differences/schema.ts'
import { moreSeedsAnswer } from './schema.ts'

export const moreSeeds = defineReading({
  info: {
    title: 'What more seeds would decide',
    sentence: 'expected intervals of differences with more seeds, and how many may decide each',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
  },
  question: differencesQuestion,
  answer: moreSeedsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
})
