import { z } from 'zod'
import type { AnalysisInfo } from './analysis-info.ts'
import { regimeNames } from '../shared/regime-names.ts'
import {
  gradientDominanceInfo,
  gradientDominanceParameters,
  gradientDominanceResult,
} from './gradient-dominance/schema.ts'
import { lossLandscapeInfo, lossLandscapeParameters, lossLandscapeResult } from './loss-landscape/schema.ts'
import { modeConnectivityInfo, modeConnectivityParameters, modeConnectivityResult } from './mode-connectivity/schema.ts'
import {
  mutualInformationInfo,
  mutualInformationParameters,
  mutualInformationResult,
} from './mutual-information/schema.ts'
import { numericalRankInfo, numericalRankParameters, numericalRankResult } from './numerical-rank/schema.ts'

export const analysisKinds = [
  'gradient-dominance',
  'mode-connectivity',
  'loss-landscape',
  'numerical-rank',
  'mutual-information',
] as const
export type AnalysisKind = (typeof analysisKinds)[number]

/** Every kind: what it is, what it takes and what it gives. */
export const analysisSchemas = {
  'gradient-dominance': {
    info: gradientDominanceInfo,
    parameters: gradientDominanceParameters,
    result: gradientDominanceResult,
  },
  'mode-connectivity': {
    info: modeConnectivityInfo,
    parameters: modeConnectivityParameters,
    result: modeConnectivityResult,
  },
  'loss-landscape': { info: lossLandscapeInfo, parameters: lossLandscapeParameters, result: lossLandscapeResult },
  'numerical-rank': { info: numericalRankInfo, parameters: numericalRankParameters, result: numericalRankResult },
  'mutual-information': {
    info: mutualInformationInfo,
    parameters: mutualInformationParameters,
    result: mutualInformationResult,
  },
} as const satisfies Record<AnalysisKind, { info: AnalysisInfo; parameters: z.ZodObject; result: z.ZodType }>

export type AnalysisParameters<Kind extends AnalysisKind> = z.infer<(typeof analysisSchemas)[Kind]['parameters']>
export type AnalysisResult<Kind extends AnalysisKind> = z.infer<(typeof analysisSchemas)[Kind]['result']>

export const analysisStatuses = ['queued', 'running', 'paused', 'done', 'failed'] as const
export type AnalysisStatus = (typeof analysisStatuses)[number]

/** A run that is looked at. */
export const analysedRun = z.object({ id: z.string(), name: z.string(), regime: z.enum(regimeNames), seed: z.int() })
export type AnalysedRun = z.infer<typeof analysedRun>

/** An analysis as lists show it. Its id is the hash of everything that can change its result. */
export const analysisSummary = z.object({
  id: z.string(),
  kind: z.enum(analysisKinds),
  runs: z.array(analysedRun),
  /** Resolved. */
  parameters: z.record(z.string(), z.unknown()),
  status: z.enum(analysisStatuses),
  /** Whether it was paused with everything else, to be resumed with it. */
  pausedWithAll: z.boolean(),
  /** Parts of the work that are done and kept, and how many there are; 0 of 0 before it has begun. */
  done: z.int(),
  total: z.int(),
  /** Time that was spent on it. */
  seconds: z.number(),
  error: z.string().nullable(),
  createdAt: z.int(),
})
export type AnalysisSummary = z.infer<typeof analysisSummary>
