import { z } from 'zod'
import { regimeNames } from '../phase.ts'
import { gradientDominanceParameters, gradientDominanceResult } from './gradient-dominance.ts'
import { lossLandscapeParameters, lossLandscapeResult } from './loss-landscape.ts'
import { modeConnectivityParameters, modeConnectivityResult } from './mode-connectivity.ts'
import { mutualInformationParameters, mutualInformationResult } from './mutual-information.ts'
import { numericalRankParameters, numericalRankResult } from './numerical-rank.ts'

export const analysisKinds = [
  'gradient-dominance',
  'mode-connectivity',
  'loss-landscape',
  'numerical-rank',
  'mutual-information',
] as const
export type AnalysisKind = (typeof analysisKinds)[number]

/** What each kind takes, gives, and how many runs one analysis is of: several are asked for run by run, or pair by pair. */
export const analysisSchemas = {
  'gradient-dominance': { parameters: gradientDominanceParameters, result: gradientDominanceResult, runs: 1 },
  'mode-connectivity': { parameters: modeConnectivityParameters, result: modeConnectivityResult, runs: 2 },
  'loss-landscape': { parameters: lossLandscapeParameters, result: lossLandscapeResult, runs: 1 },
  'numerical-rank': { parameters: numericalRankParameters, result: numericalRankResult, runs: 1 },
  'mutual-information': { parameters: mutualInformationParameters, result: mutualInformationResult, runs: 1 },
} as const satisfies Record<AnalysisKind, { parameters: z.ZodObject; result: z.ZodType; runs: 1 | 2 }>

export type AnalysisParameters<Kind extends AnalysisKind> = z.infer<(typeof analysisSchemas)[Kind]['parameters']>
export type AnalysisResult<Kind extends AnalysisKind> = z.infer<(typeof analysisSchemas)[Kind]['result']>

export const analysisStatuses = ['queued', 'running', 'paused', 'done', 'failed'] as const
export type AnalysisStatus = (typeof analysisStatuses)[number]

/** An analysis as lists show it. Its id is the hash of everything that can change its result. */
export const analysisSummary = z.object({
  id: z.string(),
  kind: z.enum(analysisKinds),
  runs: z.array(z.object({ id: z.string(), name: z.string(), regime: z.enum(regimeNames), seed: z.int() })),
  /** Resolved. */
  parameters: z.record(z.string(), z.unknown()),
  status: z.enum(analysisStatuses),
  /** Parts of the work that are done and kept, and how many there are; 0 of 0 before it has begun. */
  done: z.int(),
  total: z.int(),
  /** Time that was spent on it. */
  seconds: z.number(),
  error: z.string().nullable(),
  createdAt: z.int(),
})
export type AnalysisSummary = z.infer<typeof analysisSummary>
