import { defineReading } from '../reading.ts'
import { seriesJson } from '../series-json.ts'
import { staticNetworksAnswer, staticNetworksQuestion } from './schema.ts'

export const staticNetworks = defineReading({
  info: {
    title: 'Beside static networks',
    sentence: 'whether early exit is better than smaller networks without exits, at each budget',
    withoutImports: 'seeds and validation samples are needed',
    needsClasses: false,
    placed: true,
  },
  question: staticNetworksQuestion,
  answer: staticNetworksAnswer,
  compute: () => import('./compute.ts'),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
  json: ({ networks, series, ...answer }) => ({
    ...answer,
    networks: networks.map(seriesJson),
    series: series.map(seriesJson),
  }),
})
