import { primaryMetric, type OfTask } from '../../shared/methods/task.ts'
import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { thresholdsAnswer, thresholdsQuestion } from './schema.ts'

export const thresholds = defineReading({
  info: {
    title: 'Thresholds by what is asked for',
    sentence: 'cost with thresholds for an accuracy, or with a guarantee (risk at most ε with probability 1 − δ)',
    withoutImports: 'this table needs samples',
    needsClasses: false,
    samples: { readOn: 'asked' },
  },
  question: thresholdsQuestion,
  answer: thresholdsAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ series, ...answer }) => ({
    ...answer,
    series: series.map(({ choices, ...row }) => ({
      ...seriesJson(row),
      choices: choices.map(({ seeds, ...choice }) => ({
        ...named(choice, answer),
        seeds: seeds.map((seed) => named(seed, answer)),
      })),
    })),
  }),
})

/** The value by the name of the metric that it is of. */
function named<Of extends { value: unknown }>({ value, ...others }: Of, of: OfTask) {
  return { ...others, [primaryMetric(of).name]: value }
}
