import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { thresholdsAnswer, thresholdsQuestion } from './schema.ts'

export const thresholds = defineReading({
  info: {
    title: 'Thresholds by what is asked for',
    sentence: 'cost with thresholds for an accuracy, or with a guarantee (risk at most ε with probability 1 − δ)',
    withoutImports: 'this table needs samples',
    needsClasses: true,
  },
  question: thresholdsQuestion,
  answer: thresholdsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ series, ...answer }) => ({ ...answer, series: series.map(seriesJson) }),
})
