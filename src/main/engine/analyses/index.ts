import type { AnalysisKind, AnalysisParameters, AnalysisResult } from '../../../analyses/index.ts'
import type { Analysis } from './analysis.ts'
import { gradientDominance } from '../../../analyses/gradient-dominance/compute.ts'
import { lossLandscape } from '../../../analyses/loss-landscape/compute.ts'
import { modeConnectivity } from '../../../analyses/mode-connectivity/compute.ts'
import { mutualInformation } from '../../../analyses/mutual-information/compute.ts'
import { numericalRank } from '../../../analyses/numerical-rank/compute.ts'

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
