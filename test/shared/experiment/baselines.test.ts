import { expect, test } from 'vitest'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import { type Baselines, fillInBaselines, leaveOutBaselines } from '../../../src/shared/experiment/baselines.ts'
import {
  experimentBaselines,
  experimentIdentity,
  phaseBaselines,
  phaseIdentity,
} from '../../../src/contract/experiment/identity.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'
import { definition, network } from '../../main/store/support.ts'

/** As if two sections had come, oldest first, and a key in one of them later. */
const baselines: Baselines = {
  'training.precision': 'float32',
  objective: { weighting: 'uniform' },
  'objective.ramp': [0, 100],
}
const before = { seed: 1, training: { epochs: 2 } }
const after = {
  seed: 1,
  training: { epochs: 2, precision: 'float32' },
  objective: { weighting: 'uniform', ramp: [0, 100] },
}

test('a key that was added later is left out where it has the earlier behaviour', () => {
  expect(leaveOutBaselines(after, baselines)).toEqual(before)
  expect(leaveOutBaselines(before, baselines)).toEqual(before)
})

test('any other value is kept, with its section', () => {
  const changed = { ...after, objective: { weighting: 'uniform', ramp: [0, 50] } }
  expect(leaveOutBaselines(changed, baselines)).toEqual({ ...before, objective: changed.objective })
  const halved = { ...after, training: { epochs: 2, precision: 'bfloat16' } }
  expect(leaveOutBaselines(halved, baselines)).toEqual({ ...before, training: halved.training })
})

test('what was stored before a key existed is read with the earlier behaviour, even where the default is another now', () => {
  expect(fillInBaselines(before, baselines)).toEqual(after)
  expect(fillInBaselines(after, baselines)).toEqual(after)
  const other = { seed: 1, training: { precision: 'bfloat16' }, objective: { weighting: 'increasing' } }
  expect(fillInBaselines(other, baselines)).toEqual({
    ...other,
    objective: { weighting: 'increasing', ramp: [0, 100] },
  })
  expect(fillInBaselines({ seed: 1 }, { 'training.precision': 'float32' })).toEqual({ seed: 1 })
})

test('a key that is made up changes no identity of a phase or an experiment where it has its baseline', () => {
  const madeUp = { ...phaseBaselines, ...experimentBaselines, 'training.madeUp': 7 }
  const known = definition(1)
  const grown = (value: number) => ({ ...known, training: { ...known.training, madeUp: value } })
  expect(phaseIdentity(grown(7), madeUp)).toEqual(phaseIdentity(known))
  expect(phaseIdentity(grown(8), madeUp)).not.toEqual(phaseIdentity(known))
  const file = experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1] },
    regimes: ['joint'],
  })
  const content = { file, network, dataset: 'd' }
  const grownFile = { ...file, training: { ...file.training, madeUp: 7 } }
  expect(experimentIdentity({ ...content, file: grownFile }, madeUp)).toEqual(experimentIdentity(content))
})

test('float32, deterministic and AdamW are the earlier behaviour, all else makes another phase', () => {
  const known = definition(1)
  const { precision, algorithms, optimiser, weightDecayExcludes, momentum, nesterov, ...before } = known.training
  expect([precision, algorithms]).toEqual(['float32', 'deterministic'])
  expect([optimiser, weightDecayExcludes, momentum, nesterov]).toEqual(['adamw', [], 0.9, false])
  const identity = phaseIdentity(known) as { training: object }
  expect(identity.training).toEqual(before)
  for (const other of [{ precision: 'bfloat16' as const }, { algorithms: 'fast' as const }, { optimiser: 'sgd' }]) {
    const changed = { ...known, training: { ...known.training, ...other } }
    expect(phaseIdentity(changed)).toEqual({ ...identity, training: { ...before, ...other } })
  }
})

test('calibration samples are part of an identity, and none are the earlier behaviour', () => {
  const of = (data: object) =>
    phaseIdentity({ ...definition(1), data: dataSpec.parse({ source: 'mnist', ...data }) }) as { data: object }
  const plain = of({})
  expect(plain.data).not.toHaveProperty('calibration')
  expect(of({ calibration: {} })).toEqual({
    ...plain,
    data: { ...plain.data, calibration: { fraction: 0.1, seed: 42 } },
  })
})

test('weights from a file are part of an identity, but not where they came from', () => {
  const from = (sha256: string, source: string) =>
    phaseIdentity({ ...definition(1), initial: { kind: 'weights', sha256, source } })
  expect(from('a', 'here')).toEqual(from('a', 'there'))
  expect(from('a', 'here')).not.toEqual(from('b', 'here'))
  expect(from('a', 'here')).not.toEqual(phaseIdentity(definition(1)))
})

test('damaged images were refused before there was a choice, to leave them out makes another phase', () => {
  const known = definition(1)
  const { damagedImages, ...before } = known.data
  expect(damagedImages).toBe('refuse')
  expect((phaseIdentity(known) as { data: object }).data).toEqual(before)
  const leftOut = { ...known, data: { ...known.data, damagedImages: 'leave-out' as const } }
  expect(phaseIdentity(leftOut)).not.toEqual(phaseIdentity(known))
})
