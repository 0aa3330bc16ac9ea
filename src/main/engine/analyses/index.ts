import type { AnalysisKind, AnalysisParameters, AnalysisResult } from '../../../shared/analyses/analysis.ts'
import type { Analysis } from './analysis.ts'
import { gradientDominance } from './gradient-dominance.ts'
import { lossLandscape } from './loss-landscape.ts'
import { modeConnectivity } from './mode-connectivity.ts'
import { mutualInformation } from './mutual-information.ts'
import { numericalRank } from './numerical-rank.ts'

export type { AnalysedImages, AnalysedModel, Analysis, AnalysisRequest } from './analysis.ts'
export { AnalysisPaused } from './analysis.ts'

type Registry = { [Kind in AnalysisKind]: Analysis<AnalysisParameters<Kind>, AnalysisResult<Kind>> }

/** Every kind of analysis. */
export const analyses: Registry = {
  'gradient-dominance': gradientDominance,
  'mode-connectivity': modeConnectivity,
  'loss-landscape': lossLandscape,
  'numerical-rank': numericalRank,
  'mutual-information': mutualInformation,
}
