import { defineAnalysis } from '../analysis.ts'
import { mutualInformationInfo, mutualInformationParameters, mutualInformationResult } from './schema.ts'

export const mutualInformation = defineAnalysis({
  info: mutualInformationInfo,
  parameters: mutualInformationParameters,
  result: mutualInformationResult,
  compute: () => import('./compute.ts'),
  tables: () => import('./table.ts'),
  figures: () => import('./figure.ts'),
})
