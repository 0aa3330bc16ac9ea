import { defineAnalysis } from '../analysis.ts'
import { modeConnectivityInfo, modeConnectivityParameters, modeConnectivityResult } from './schema.ts'

export const modeConnectivity = defineAnalysis({
  info: modeConnectivityInfo,
  parameters: modeConnectivityParameters,
  result: modeConnectivityResult,
  withoutTest: ({ naive, matched, ...rest }) => ({
    ...rest,
    naive: { train: naive.train },
    matched: matched && { train: matched.train },
  }),
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
