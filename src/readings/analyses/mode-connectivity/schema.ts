import { z } from 'zod'
import { precision } from '../../../shared/experiment/precision.ts'
import type { AnalysisInfo } from '../analysis-info.ts'

export const modeConnectivityInfo: AnalysisInfo = {
  title: 'Mode connectivity',
  sentence:
    'Whether two trained networks are in the same basin: the loss of each exit along the straight path between their weights, with and without matching their hidden units.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.2, figure 3; weight matching: Ainsworth et al. 2023, Git Re-Basin',
  runs: 2,
  version: 1,
  ofClasses: true,
  baselines: { precision: 'float32' },
}

/** Parameters of the straight path between two trained networks. */
export const modeConnectivityParameters = z.strictObject({
  points: z.int().min(3).max(101).default(25).describe('Points on the path, both ends included.'),
  matched: z
    .boolean()
    .default(true)
    .describe('Also measure the path after the units of the second network are matched to the first by permutation.'),
  sweeps: z.int().min(1).max(1000).default(100).describe('Maximum number of rounds of weight matching.'),
  batchNorm: z
    .enum(['re-estimated', 'interpolated'])
    .default('re-estimated')
    .describe('Batch norm statistics at each point: re-estimated on training samples, or interpolated like weights.'),
  statisticsImages: z
    .int()
    .min(100)
    .max(50_000)
    .default(2000)
    .describe('Number of training samples for re-estimated batch norm statistics.'),
  images: z
    .int()
    .min(10)
    .max(50_000)
    .default(1000)
    .describe('Number of samples of each split on which the loss is measured.'),
  seed: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Random seed of the order in which weight matching visits the permutations.'),
  precision: precision
    .default('float32')
    .describe(
      'Number format of the forward passes. bfloat16 is mixed precision: faster on processors that compute in it, with the error measured at the ends and in the middle of the path.',
    ),
})
export type ModeConnectivityParameters = z.infer<typeof modeConnectivityParameters>

const pathSplit = z.object({
  /** [points][exits], mean cross-entropy in nats. */
  losses: z.array(z.array(z.number())),
  /** [points][exits], 0…1. */
  accuracies: z.array(z.array(z.number())),
  /** max over λ of L(λ) − ((1 − λ)L(0) + λL(1)), at least 0: of each exit, and of the mean of the exits. */
  barriers: z.array(z.number()),
  meanBarrier: z.number(),
})
/** `test` is left out where test values of a sweep are closed. */
const path = z.object({ train: pathSplit, test: pathSplit.optional() })
export type ConnectivityPath = z.infer<typeof path>

export const modeConnectivityResult = z.object({
  /** λ of each point that has been measured, ascending: 0 is the first model, 1 the second. */
  lambdas: z.array(z.number()),
  naive: path,
  /** null if not requested. */
  matched: path.nullable(),
  matching: z
    .object({
      sweeps: z.int(),
      groups: z.int(),
      /** ‖A − B‖ and ‖A − ΠB‖ over all parameters. */
      distanceBefore: z.number(),
      distanceAfter: z.number(),
      /** Largest difference of a logit between f(B) and f(ΠB), and over how many images. */
      equivalence: z.object({ largestDifference: z.number(), images: z.int() }),
    })
    .nullable(),
  /** In bfloat16, the largest difference of a loss from that in float32, in nats, on the path without matching. null until it is measured. */
  precisionError: z.object({ ends: z.number(), middle: z.number() }).nullable().optional(),
  caveats: z.array(z.string()),
})
export type ModeConnectivityResult = z.infer<typeof modeConnectivityResult>

/** Type used by the panel. */
export interface ModeConnectivity {
  parameters: ModeConnectivityParameters
  result: ModeConnectivityResult
}
