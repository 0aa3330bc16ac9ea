import { expect, test } from 'vitest'
import { absenceOf } from '../../../../../src/renderer/components/run/dominance/dominance-absence.ts'
import type { RunDetail } from '../../../../../src/shared/runs.ts'

const run = (gradientDominance: number) => ({ file: { probes: { gradientDominance } } }) as RunDetail
const everything = ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'classifier']

test.each([
  ['the bare backbone', ['stem', 'blocks.0', 'blocks.1', 'classifier'], 5, 8, 'one-exit'],
  ['the first step of branch-wise and separate training', ['stem', 'blocks.0', 'heads.0'], 5, 8, 'one-exit'],
  ['the last step of branch-wise training', ['blocks.1', 'classifier'], 5, 8, 'one-exit'],
  ['the heads of disjoint training', ['heads.0', 'heads.1'], 5, 8, 'frozen'],
  ['two heads without the final exit', ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'heads.1'], 5, 8, 'earlier'],
  ['all exits before the first epoch', everything, 0, 8, 'to-come'],
  ['all exits, trained before it was measured', everything, 5, 8, 'earlier'],
  ['all exits, where it is switched off', everything, 5, 0, 'off'],
] as const)('%s', (_, trains, epochs, batches, expected) => {
  expect(absenceOf(run(batches), { trains: [...trains], epochs })).toBe(expected)
})
