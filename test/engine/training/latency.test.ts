import { expect, onTestFinished, test } from 'vitest'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { createState } from '../../../src/engine/tf.ts'
import { measureLatency } from '../../../src/engine/training/latency.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters } from '../../support/forward.ts'
import { segmentCases } from '../../support/segment-cases.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

/** A measurement by a clock that goes on by one step each time someone looks at it. */
async function measured(spec: NetworkSpec, { step, batchSize = 1 }: { step: number; batchSize?: number }) {
  const network = createNetwork(spec)
  const state = createState(randomParameters(network, 1))
  onTestFinished(() => state.dispose())
  const before = tensorFlow.liveHandles()
  let time = 0
  const latency = await measureLatency(network, { state, batchSize, now: () => (time += step) })
  expect(tensorFlow.liveHandles()).toBe(before)
  return latency
}

test.each(Object.entries(segmentCases))(
  'is measured for %s up to each exit, and for the backbone',
  async (_name, spec) => {
    const { exits, backbone, batchSize } = await measured(spec, { step: 100, batchSize: 3 })
    expect(batchSize).toBe(3)
    expect(exits).toEqual([...spec.exits, null].map((_, exit) => ({ median: 100 * (exit + 1), p95: 100 * (exit + 1) })))
    expect(backbone).toEqual({ median: 100, p95: 100 })
  },
)

test('takes 300 rounds, or fewer where they take longer than 10 s, but 30 at least', async () => {
  const spec = segmentCases['a ResNet']
  // Three exits and the backbone: each round looks at the clock seven times.
  expect((await measured(spec, { step: 0 })).rounds).toBe(300)
  expect((await measured(spec, { step: 10_000 / 50 / 7 })).rounds).toBeLessThan(60)
  expect((await measured(spec, { step: 10_000 })).rounds).toBe(30)
})
