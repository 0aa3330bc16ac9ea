import { defineAnalysis } from '../analysis.ts'
import { numericalRankInfo, numericalRankParameters, numericalRankResult } from './schema.ts'

export const numericalRank = defineAnalysis({
  info: numericalRankInfo,
  parameters: numericalRankParameters,
  result: numericalRankResult,
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
