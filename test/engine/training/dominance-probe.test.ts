import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, test } from 'vitest'
import '../../support/tensorflow.ts'
import {
  createDominanceProbe,
  dominanceScope,
  probedBatches,
  spacedBatches,
} from '../../../src/engine/training/dominance-probe.ts'
import { captureSnapshot, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import type { Dominance } from '../../../src/shared/evaluation/dominance.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import { phaseOf, readFixture } from './fixture.ts'

type Expected = Record<'resnet' | 'vit', Record<string, Dominance[]>>
const expected = JSON.parse(readFileSync(new URL('fixtures/dominance.json', import.meta.url), 'utf8')) as Expected

const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

const often = { dominanceBatches: 8, batchesPerEpoch: 400 }
const probeOf = (spec: NetworkSpec, regime: PaperRegime, index: number) =>
  createDominanceProbe({ ...phaseOf(spec, regime, index), ...often })

describe.each(['resnet', 'vit'] as const)('of a %s', (name) => {
  const fixture = readFixture(name)

  it.each([
    ['joint', 0],
    ['alternating', 0],
    ['mixed-gradual', 1],
    ['separate', 1],
  ] as const)('%s, phase %i: every cosine is PyTorch’s', async (regime, index) => {
    const subject = { ...phaseOf(fixture.network, regime, index), training: trainingSpec.parse({}) }
    const snapshot = startSnapshot(subject, { seed: 1, weights: { arrays: fixture.start, fresh: [] } })
    const state = own(createTrainingState(subject, snapshot))
    const probe = own(probeOf(fixture.network, regime, index)!)
    for (const [place, { exits, blocks }] of expected[name][`${regime}/${index}`]!.entries()) {
      const measured = await probe.measure({ state, epoch: 1, batch: fixture.batches[place]!, dropoutSeed: [1, 2] })
      const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 4))
      expect(measured.exits).toEqual(exits.map(near))
      expect(measured.blocks).toEqual(blocks.map((row) => row.map(near)))
    }
    // Running statistics and moments too.
    const after = await captureSnapshot(subject, { state, progress: snapshot.progress })
    expect(after.model).toEqual(snapshot.model)
    expect(Object.values(after.moments).every(({ values }) => values.every((value) => value === 0))).toBe(true)
  })

  it('measures nothing with one exit in the loss, or before a frozen backbone', () => {
    expect(probeOf(fixture.network, 'mixed', 0)).toBeNull()
    expect(probeOf(fixture.network, 'disjoint', 1)).toBeNull()
    expect(probeOf(fixture.network, 'branch-wise', 1)).toBeNull()
    expect(probeOf(fixture.network, 'separate', 0)).toBeNull()
  })

  it('leaves out a part of the backbone that has nothing to train', () => {
    const { network, phase } = phaseOf(fixture.network, 'joint', 0)
    const frozen = (each: (typeof network.parameters)[number]) =>
      each.group === 'blocks.0' ? { ...each, kind: 'buffer' as const } : each
    const { groups } = dominanceScope(
      { network: { ...network, parameters: network.parameters.map(frozen) }, phase },
      1,
    )!
    expect(groups).not.toContain('blocks.0')
    expect([...groups, 'blocks.0'].sort()).toEqual([...dominanceScope({ network, phase }, 1)!.groups].sort())
  })

  it('measures nothing where it is not requested', () => {
    const subject = phaseOf(fixture.network, 'joint', 0)
    expect(createDominanceProbe({ ...subject, dominanceBatches: 0, batchesPerEpoch: 400 })).toBeNull()
  })
})

test('is due at evenly spaced batches: in the middle of each eighth of an epoch', () => {
  const { network } = readFixture('resnet')
  const probe = own(probeOf(network, 'joint', 0)!)
  const due = Array.from({ length: 400 }, (_, batch) => batch).filter((batch) => probe.isDue(batch))
  expect(due).toEqual([25, 75, 125, 175, 225, 275, 325, 375])
})

test.each([
  ['auto', 10_000, 8],
  ['auto', 320, 8],
  ['auto', 319, 7],
  ['auto', 57, 1],
  ['auto', 5, 1],
  [8, 57, 8],
  [100, 57, 57],
] as const)('%s in %d batches: %d; by itself no more than one in 40, but one', (wanted, batchesPerEpoch, count) => {
  expect(probedBatches(wanted, batchesPerEpoch)).toBe(count)
})

test.each([
  [1, 57, [28]],
  [1, 1, [0]],
  [3, 10, [1, 5, 8]],
  [4, 4, [0, 1, 2, 3]],
])('%d of %d batches are %j', (count, batchesPerEpoch, batches) => {
  expect(spacedBatches(count, batchesPerEpoch)).toEqual(batches)
})
