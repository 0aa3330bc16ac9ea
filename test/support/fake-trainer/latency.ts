import type { LatencyJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { BatchLatency } from '../../../src/shared/evaluation/latency.ts'

/** Exit k takes (k + 1) · 2 ms for a sample, the backbone as long as exits 0 and 1 together less a half. */
export function fakeLatency({ network, batchSizes }: LatencyJob): BatchLatency[] {
  const exits = [...network.exits.keys(), network.exits.length]
  return batchSizes.map((batchSize) => ({
    batchSize,
    rounds: 30,
    backbone: { median: 2 * exits.length * batchSize - 0.5, p95: 2 * exits.length * batchSize },
    exits: exits.map((exit) => ({ median: 2 * (exit + 1) * batchSize, p95: 3 * (exit + 1) * batchSize })),
  }))
}
