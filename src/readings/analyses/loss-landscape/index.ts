import { defineAnalysis } from '../analysis.ts'
import { lossLandscapeInfo, lossLandscapeParameters, lossLandscapeResult } from './schema.ts'

export const lossLandscape = defineAnalysis({
  info: lossLandscapeInfo,
  parameters: lossLandscapeParameters,
  result: lossLandscapeResult,
  withoutTest: (result) => result,
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
