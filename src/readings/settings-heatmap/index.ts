import { defineReading } from '../reading.ts'
import { settingsHeatmapAnswer, settingsHeatmapQuestion } from './schema.ts'

export const settingsHeatmap = defineReading({
  info: {
    title: 'Two settings',
    sentence: 'accuracy of a sweep at a budget, by two settings (--set rows=PATH, columns=PATH)',
    withoutImports: 'they are of no sweep',
    needsClasses: false,
    placed: true,
  },
  question: settingsHeatmapQuestion,
  answer: settingsHeatmapAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
