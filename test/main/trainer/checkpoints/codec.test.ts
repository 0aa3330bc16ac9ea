import { expect, it } from 'vitest'
import { encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import type { TrainingSnapshot } from '../../../../src/engine/index.ts'
import {
  decodeSnapshot,
  decodeWeights,
  encodeSnapshot,
  encodeWeights,
} from '../../../../src/main/trainer/checkpoints/codec.ts'

const array = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) })
const snapshot: TrainingSnapshot = {
  model: { 'fc.weight': array(1, 2), mean: array(3) },
  moments: { 'fc.weight.exp_avg': array(4, 5) },
  progress: {
    epoch: 1,
    batch: 2,
    step: 5,
    best: [0.5, null],
    epochsWithoutImprovement: 0,
    keptEpoch: 1,
    running: { lossSums: [1.5], correct: [2], samples: [8] },
    pace: { images: 8, milliseconds: 12.5 },
  },
}

it('a snapshot is read as it was written', () => {
  expect(decodeSnapshot('phase', encodeSnapshot('phase', snapshot), 'file')).toEqual(snapshot)
})

it('a snapshot of another phase is refused by name', () => {
  expect(() => decodeSnapshot('phase', encodeSnapshot('other', snapshot), 'some/file')).toThrow(
    expect.objectContaining({
      code: 'checkpoint-damaged',
      message: 'some/file belongs to another phase, other: it is in the wrong folder.',
    }),
  )
})

it('a snapshot without its progress, and weights in its place, are refused as damaged', () => {
  const without = encodeSafetensors(snapshot.model, { content: 'snapshot', phase: 'phase' })
  const damaged = (what: string) => expect.objectContaining({ code: 'checkpoint-damaged', message: `file is not a ${what}.` }) // prettier-ignore
  expect(() => decodeSnapshot('phase', without, 'file')).toThrow(damaged('snapshot'))
  expect(() => decodeWeights('phase', without, 'file')).toThrow(damaged('set of weights'))
})

it('weights are refused for another phase and as a snapshot, and a snapshot is refused as weights', () => {
  const weights = encodeWeights('phase', snapshot.model)
  expect(decodeWeights('phase', weights, 'file')).toEqual(snapshot.model)
  expect(() => decodeWeights('other', weights, 'file')).toThrow(/file belongs to another phase, phase:/)
  expect(() => decodeSnapshot('phase', weights, 'file')).toThrow(/file is not a snapshot/)
  expect(() => decodeWeights('phase', encodeSnapshot('phase', snapshot), 'file')).toThrow(
    /file is not a set of weights/,
  )
})
