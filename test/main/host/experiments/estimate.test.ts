import { expect, test } from 'vitest'
import { estimateSeconds, type EstimateOptions } from '../../../../src/main/host/experiments/estimate.ts'
import type { TextDescription } from '../../../../src/shared/data/data.ts'

const dataset = {
  kind: 'text',
  counts: { train: 320, validation: 96, test: 10 },
  tokens: { median: 26, longest: 400, padded: 32 },
  maxLength: 128,
} as TextDescription

async function estimated(grouping?: 'by-length'): Promise<number> {
  const definition = { network: { maxLength: 128 }, phase: {}, data: { mixing: null, grouping } }
  const answer = { type: 'calibrated', secondsPerStep: [2], secondsToStart: [0] }
  const { seconds } = await estimateSeconds({
    dataset,
    training: { batchSize: 32 },
    trainers: { calibrate: async () => answer },
    work: [{ phase: { definition }, phases: 1, epochs: 1 }],
  } as unknown as EstimateOptions)
  return seconds[0]!
}

test('the time of texts is estimated by their tokens with padding, not by the maximum length that was timed', async () => {
  // Ten steps of 2 s, and the forward pass of three batches, each a third of a step, at a quarter of the length.
  expect(await estimated()).toBeCloseTo(20 + 0.5)
  expect(await estimated('by-length')).toBeCloseTo(5 + 0.5)
})
