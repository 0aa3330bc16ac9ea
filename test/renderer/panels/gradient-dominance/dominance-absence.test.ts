import { expect, test } from 'vitest'
import { absenceOf } from '../../../../src/renderer/panels/gradient-dominance/dominance-absence.ts'
import type { RunDetail } from '../../../../src/contract/run-detail.ts'

const run = (gradientDominance: number | 'auto') =>
  ({ file: { probes: { gradientDominance } }, network: { head: 'gpf' } }) as RunDetail
const everything = { trains: ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'classifier'], exits: [0, 'final'] } as const

const trained = { epochs: 5, batches: 8 }

test.each([
  [
    'the bare backbone',
    { ...trained, trains: ['stem', 'blocks.0', 'blocks.1', 'classifier'], exits: ['final'] },
    'one-exit',
  ],
  [
    'the first step of separate training',
    { ...trained, trains: ['stem', 'blocks.0', 'heads.0'], exits: [0] },
    'one-exit',
  ],
  [
    'the last step of branch-wise training',
    { ...trained, trains: ['blocks.1', 'classifier'], exits: ['final'] },
    'one-exit',
  ],
  ['the heads of disjoint training', { ...trained, trains: ['heads.0', 'heads.1'], exits: [0, 1, 'final'] }, 'frozen'],
  [
    'heads with something in common',
    { ...trained, trains: ['heads.0', 'gpf', 'heads.1'], exits: [0, 1, 'final'] },
    'frozen',
  ],
  [
    'two heads without the final exit',
    { ...trained, trains: ['stem', 'blocks.0', 'heads.0', 'heads.1'], exits: [0, 1] },
    'earlier',
  ],
  ['all exits before the first epoch', { ...everything, epochs: 0, batches: 8 }, 'to-come'],
  ['all exits, trained before it was measured', { ...trained, ...everything }, 'earlier'],
  ['all exits, where it is switched off', { ...trained, ...everything, batches: 0 }, 'off'],
] as const)('%s', (_, { trains, exits, epochs, batches }, expected) => {
  expect(absenceOf(run(batches), { trains: [...trains], exits: [...exits], epochs })).toBe(expected)
})
