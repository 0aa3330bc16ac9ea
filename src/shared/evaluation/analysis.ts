import { z } from 'zod'

const analysisStatuses = ['queued', 'running', 'paused', 'done', 'failed'] as const
export type AnalysisStatus = (typeof analysisStatuses)[number]

/** An analysed run. */
export const analysedRun = z.object({
  id: z.string(),
  name: z.string(),
  regime: z.string(),
  /** Name of its series: the regime, and the settings that its experiment sweeps. */
  series: z.string(),
  seed: z.int(),
})
export type AnalysedRun = z.infer<typeof analysedRun>

/** An analysis as lists show it. Its id is the hash of everything that can change its result. */
export const analysisSummary = z.object({
  id: z.string(),
  /** Name of a registered analysis. */
  kind: z.string(),
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

/** Parameters and result of an analysis; its schemas check them. */
export interface AnalysisTypes {
  parameters: object
  result: object
}
