import { z } from 'zod'
import { spread } from '../../shared/evaluation/latency.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'
import { comparisonQuestion } from '../question.ts'

export const latencyQuestion = comparisonQuestion.pick({ runs: true, among: true }).extend({
  /** Multiply-adds stand beside it, whatever else is asked for. */
  cost: z.literal('latency').catch('latency'),
})

/** Shares are of the bare backbone's (method 6.4), which heads may bring above 1. */
const costs = z.object({
  macs: z.number(),
  macsShare: z.number(),
  /** Milliseconds by batch size, ascending; of single samples first. */
  times: z.array(spread.extend({ batchSize: z.int(), share: z.number() })),
})
export type MeasuredCosts = z.infer<typeof costs>

const seriesLatency = seriesOfRuns.extend({
  /** Up to each exit, heads before it included; the final exit last. */
  exits: z.array(costs),
  /** With its classifier, in one go. */
  backbone: costs,
})
export type SeriesLatency = z.infer<typeof seriesLatency>

export const latencyAnswer = z.object({
  /** Processor or GPU, and threads. */
  machine: z.string(),
  series: z.array(seriesLatency),
})
export type LatencyAnswer = z.infer<typeof latencyAnswer>
