import { defineAnalysis } from '../analysis.ts'
import { modeConnectivityInfo, modeConnectivityParameters, modeConnectivityResult } from './schema.ts'

export const modeConnectivity = defineAnalysis({
  info: modeConnectivityInfo,
  parameters: modeConnectivityParameters,
  result: modeConnectivityResult,
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
