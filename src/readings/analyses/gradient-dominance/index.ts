import { defineAnalysis } from '../analysis.ts'
import { gradientDominanceInfo, gradientDominanceParameters, gradientDominanceResult } from './schema.ts'

export const gradientDominance = defineAnalysis({
  info: gradientDominanceInfo,
  parameters: gradientDominanceParameters,
  result: gradientDominanceResult,
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
