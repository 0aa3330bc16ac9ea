import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { latencyAnswer, latencyQuestion } from './schema.ts'

export const latency = defineReading({
  info: {
    title: 'Latency beside multiply-adds',
    sentence: 'measured milliseconds and multiply-adds of each exit, also in % of the backbone’s',
    withoutImports: 'they have no latencies',
    needsClasses: false,
    samples: 'none',
  },
  question: latencyQuestion,
  answer: latencyAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ machine, series }) => ({ machine, series: series.map(seriesJson) }),
})
