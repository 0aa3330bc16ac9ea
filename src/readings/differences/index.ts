import { costKeyOf } from '../../shared/evaluation/cost-kind.ts'
import { defineReading } from '../reading.ts'
import { differencesAnswer, differencesQuestion } from './schema.ts'

export const differences = defineReading({
  info: {
    title: 'Differences between series',
    sentence: 'between every two series, paired by seed, with intervals and significance',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    placed: true,
  },
  question: differencesQuestion,
  answer: differencesAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  json: ({ task, readOn, testOpenedAt, atBudgets, ...answer }) =>
    atBudgets.map(({ budget, pairs }) => ({
      budget,
      ...(task && { task }),
      ...costKeyOf(answer),
      ...(readOn && { readOn }),
      ...(testOpenedAt !== undefined && { testOpenedAt }),
      pairs,
    })),
})
