import { expect, test } from 'vitest'
import { pickerImports, withRuns } from '../../../../../src/renderer/components/compare/header/picker-experiments.ts'
import { importedResult, summary } from '../runs.ts'

const imports = [
  importedResult({ id: 'i1', name: 'sdn', seed: 1 }),
  importedResult({ id: 'i2', name: 'sdn', seed: 2 }),
  importedResult({ id: 'i3', name: 'log', experiment: 'toy' }),
]
const compared = { done: [summary('a1', 'toy')], waiting: [], imports: [imports[2]!] }

test('imported series are listed newest first, each with its seeds and whether it is shown', () => {
  expect(pickerImports(imports, compared, '')).toEqual([
    { name: 'log', experiment: 'toy', ids: ['i3'], state: 'with-experiment' },
    { name: 'sdn', experiment: null, ids: ['i1', 'i2'], state: 'not-chosen' },
  ])
  const chosen = pickerImports(imports, { ...compared, imports: [imports[0]!, imports[1]!] }, 'SDN')
  expect(chosen).toEqual([{ name: 'sdn', experiment: null, ids: ['i1', 'i2'], state: 'chosen' }])
})

test('the last runs can be removed where imported results remain', () => {
  expect(withRuns(new Set(['a1']), ['a1'], false)).toEqual(new Set(['a1']))
  expect(withRuns(new Set(['a1']), ['a1'], false, { mayBeNone: true })).toEqual(new Set())
})
