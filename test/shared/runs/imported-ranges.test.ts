import { expect, test } from 'vitest'
import { importedRanges } from '../../../src/shared/runs/imported-ranges.ts'
import type { ImportedContent } from '../../../src/shared/runs/imported.ts'

const content: ImportedContent = { split: 'test', rule: null, backboneMacs: 200, exits: [], curve: null, notes: [] }
const exits = [
  { name: '0', cost: 50, value: 0.75 },
  { name: 'final', cost: 202, value: 0.25 },
]

test('values are in the unit of their metric, costs in % of the backbone’s', () => {
  expect(importedRanges({ ...content, exits }, ' to ')).toEqual({ values: '25.0 to 75.0', costs: '25.0 to 101.0' })
  expect(importedRanges({ ...content, task: 'regression', exits }, ' – ').values).toBe('0.250 – 0.750')
})

test('a curve over a training has values and no costs', () => {
  const training = { axis: 'epoch' as const, curves: [[1, 0.4, 2, 0.45]] }
  expect(importedRanges({ ...content, training }, ' to ')).toEqual({ values: '40.0 to 45.0', costs: null })
})

test('what is one value to the digits shown is said once', () => {
  const [early] = exits
  expect(importedRanges({ ...content, exits: [early!] }, ' to ')).toEqual({ values: '75.0', costs: '25.0' })
})
