import { expect, test } from 'vitest'
import { compareLink } from '../../../../src/renderer/components/imports/compare-link.ts'
import type { ImportedResult } from '../../../../src/shared/runs/imported.ts'

const result = (id: string, experiment: string | null, exits: object[] = [{}]) =>
  ({ id, experiment, content: { exits, curve: null } }) as unknown as ImportedResult

test('results are shown with their experiment, else by their ids', () => {
  const results = [result('i1', null), result('i2', null), result('i3', 'toy'), result('i4', 'toy')]
  expect(compareLink(results)).toEqual({ name: 'compare', query: { runs: 'i1,i2,toy' } })
})

test('results without costs are shown among training curves', () => {
  expect(compareLink([result('i1', null, [])])).toMatchObject({ query: { runs: 'i1', tab: 'training-curves' } })
  expect(compareLink([result('i1', null, []), result('i2', null)])).toEqual({
    name: 'compare',
    query: { runs: 'i1,i2' },
  })
})
