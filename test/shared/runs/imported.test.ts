import { expect, test } from 'vitest'
import { importedSeries, standsAlone } from '../../../src/shared/runs/imported.ts'

test.each([
  ['test', 'sdn (imported)'],
  ['validation', 'sdn (imported, validation)'],
  ['train', 'sdn (imported, training)'],
  [null, 'sdn (imported, unknown samples)'],
] as const)(
  'results on %s samples are told from runs by their name, alone or beside an experiment',
  (split, series) => {
    expect(importedSeries({ name: 'sdn', content: { split } })).toBe(series)
    expect(standsAlone({ experiment: 'sdn', series })).toBe(true)
    expect(standsAlone({ experiment: 'toy', series })).toBe(false)
  },
)

test('runs whose series has the name of their experiment belong to it', () => {
  expect(standsAlone({ experiment: 'joint', series: 'joint' })).toBe(false)
})
