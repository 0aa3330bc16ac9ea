import { expect, it, test } from 'vitest'
import '../../../support/tensorflow.ts'
import { AnalysisPaused } from '../../../../src/engine/analyses/analysis.ts'
import { compute } from '../../../../src/readings/analyses/gradient-dominance/compute.ts'
import { createDominanceProbe } from '../../../../src/engine/training/dominance-probe.ts'
import { createModelState } from '../../../../src/engine/training/phase-state.ts'
import {
  gradientDominanceParameters,
  gradientDominanceResult,
} from '../../../../src/readings/analyses/gradient-dominance/schema.ts'
import type { PaperRegime } from '../../../../src/shared/phases/phase.ts'
import { runAnalysis } from '../../../support/analyses.ts'
import { phaseOf, readFixture } from '../../../engine/training/fixture.ts'

const fixture = readFixture('resnet')
const batchesPerEpoch = 5

interface Setting {
  regime?: PaperRegime
  phase?: number
  /** Values of parts by key: filled while the analysis runs. */
  kept?: Map<string, Float64Array>
  partsUntilPause?: number
}

/** Runs the analysis and says what it told on the way. */
async function analyse(asked: object, setting: Setting = {}) {
  const { regime = 'joint', phase: index = 0, ...rest } = setting
  const subject = phaseOf(fixture.network, regime, index)
  const drawn: number[][] = []
  const training = {
    batchesPerEpoch,
    batch(epoch: number, batch: number) {
      drawn.push([epoch, batch])
      return fixture.batches[batch]!
    },
  }
  const told = await runAnalysis(compute, {
    parameters: gradientDominanceParameters.parse(asked),
    models: [{ ...subject, weights: fixture.start, epochs: 3 }],
    images: { some: () => expect.unreachable('no other images are needed'), training },
    ...rest,
  })
  return { ...told, drawn }
}

test('one batch gives what the measurement during training gives at the same weights', async () => {
  const subject = phaseOf(fixture.network, 'joint', 0)
  const probe = createDominanceProbe({ ...subject, dominanceBatches: 1, batchesPerEpoch })!
  const state = createModelState(subject.network, fixture.start)
  const during = await probe.measure({ state, epoch: 1, batch: fixture.batches[2]!, dropoutSeed: [1, 2] })
  probe.dispose()
  state.dispose()
  const { result, planned, drawn } = await analyse({ batches: 1 })
  expect(result).toEqual({ ...during, spread: [null, null, null], batches: 1, caveats: [] })
  expect(planned).toEqual([1])
  // Behind the third epoch, in its middle.
  expect(drawn).toEqual([[3, 2]])
})

it('gives the mean over batches with its spread, and previews it as batches are added', async () => {
  const { result, previews, drawn } = await analyse({ batches: 2, epoch: 2 })
  expect(drawn).toEqual([
    [1, 1],
    [1, 3],
  ])
  const [first, both] = previews
  expect(previews).toHaveLength(2)
  expect(both).toEqual(result)
  expect(first!.batches).toBe(1)
  result.exits.forEach((mean, exit) => {
    const [one, other] = [first!.exits[exit]!, 2 * mean! - first!.exits[exit]!]
    expect(result.spread[exit]).toBeCloseTo(Math.abs(one - other) / Math.SQRT2, 12)
    expect(result.spread[exit]).toBeGreaterThan(0)
  })
  expect(gradientDominanceResult.parse(result)).toEqual(result)
})

it.each([1, 2])('paused after %i batches it ends bit-identical', async (partsUntilPause) => {
  const straight = await analyse({ batches: 3 })
  const kept = new Map<string, Float64Array>()
  await expect(analyse({ batches: 3 }, { kept, partsUntilPause })).rejects.toBeInstanceOf(AnalysisPaused)
  expect(kept.size).toBe(partsUntilPause)
  const resumed = await analyse({ batches: 3 }, { kept })
  expect(resumed.result).toEqual(straight.result)
  expect(resumed.drawn).toHaveLength(3 - partsUntilPause)
})

it('reports that an epoch has fewer batches than requested', async () => {
  const { result } = await analyse({ batches: 9 })
  expect(result.batches).toBe(batchesPerEpoch)
  expect(result.caveats).toEqual(['An epoch has only 5 training batches; all of them were measured.'])
})

it.each([
  ['disjoint', 1, /backbone was frozen in phase “heads”/],
  ['branch-wise', 2, /“branch final” has one exit in its loss/],
] as const)('after %s computes the dominance of joint training, and says so', async (regime, phase, caveat) => {
  const { result } = await analyse({ batches: 2 }, { regime, phase })
  expect(result.caveats).toEqual([expect.stringMatching(caveat)])
  expect({ ...result, caveats: [] }).toEqual((await analyse({ batches: 2 })).result)
})
