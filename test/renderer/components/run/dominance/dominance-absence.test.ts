import { expect, test } from 'vitest'
import { absenceOf } from '../../../../../src/renderer/components/run/dominance/dominance-absence.ts'
import type { RunDetail } from '../../../../../src/shared/runs.ts'

const run = (gradientDominance: number | 'auto') => ({ file: { probes: { gradientDominance } } }) as RunDetail
const everything = ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'classifier']

const trained = { epochs: 5, batches: 8 }

test.each([
  ['the bare backbone', { ...trained, trains: ['stem', 'blocks.0', 'blocks.1', 'classifier'] }, 'one-exit'],
  ['the first step of separate training', { ...trained, trains: ['stem', 'blocks.0', 'heads.0'] }, 'one-exit'],
  ['the last step of branch-wise training', { ...trained, trains: ['blocks.1', 'classifier'] }, 'one-exit'],
  ['the heads of disjoint training', { ...trained, trains: ['heads.0', 'heads.1'] }, 'frozen'],
  ['two heads without the final exit', { ...trained, trains: ['stem', 'blocks.0', 'heads.0', 'heads.1'] }, 'earlier'],
  ['all exits before the first epoch', { trains: everything, epochs: 0, batches: 8 }, 'to-come'],
  ['all exits, trained before it was measured', { ...trained, trains: everything }, 'earlier'],
  ['all exits, where it is switched off', { ...trained, trains: everything, batches: 0 }, 'off'],
] as const)('%s', (_, { trains, epochs, batches }, expected) => {
  expect(absenceOf(run(batches), { trains: [...trains], epochs })).toBe(expected)
})
