import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { calibrationAnswer, calibrationQuestion } from './schema.ts'

export const calibration = defineReading({
  info: {
    title: 'Calibration',
    sentence: 'calibration errors of exits, as trained and with temperature scaling',
    withoutImports: 'this table needs samples',
    needsClasses: true,
    placed: true,
  },
  question: calibrationQuestion,
  answer: calibrationAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ series, testOpenedAt }) =>
    series.map((each) => ({
      readOn: each.split,
      ...(each.split === 'test' && testOpenedAt !== undefined && { testOpenedAt }),
      ...seriesJson(each),
    })),
})
