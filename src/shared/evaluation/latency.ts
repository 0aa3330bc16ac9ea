import { z } from 'zod'

/** Over the rounds of a measurement, in milliseconds. */
export const spread = z.object({ median: z.number(), p95: z.number() })

/** How long a network takes for batches of one size. */
const batchLatency = z.object({
  batchSize: z.int(),
  rounds: z.int(),
  /** The bare backbone with its classifier, in one go. */
  backbone: spread,
  /** Up to each exit, segment after segment, heads before it included; the final exit last. */
  exits: z.array(spread),
})
export type BatchLatency = z.infer<typeof batchLatency>

/** Measured latency of a network on one machine. */
export const latency = z.object({
  /** Processor or GPU, and threads. */
  machine: z.string(),
  /** Milliseconds since 1970. */
  measuredAt: z.int(),
  /** By batch size, ascending; of single samples first. */
  batches: z.array(batchLatency),
})
export type Latency = z.infer<typeof latency>
