import { expect, test } from 'vitest'
import { emptyDraft, inputOf, type ImportDraft } from '../../../../src/renderer/components/imports/import-draft.ts'
import { importInput } from '../../../../src/contract/imports.ts'

const asked = (changes: Partial<ReturnType<typeof emptyDraft>>) => inputOf({ ...emptyDraft(), ...changes })

test('sends no request before there is a path', () => {
  expect(asked({ paths: [' '], name: 'x' })).toBeNull()
})

test('leaves everything to be recognised where only a path is given', () => {
  expect(asked({ paths: [' /log.csv '] })).toEqual({ paths: ['/log.csv'], logged: 'last', experiment: null })
})

test('costs are in %, with the cost of the backbone multiply-adds, or those of a run', () => {
  expect(asked({ paths: ['/x'], costs: '20, 45 100.3%' })!.costs).toEqual([0.2, 0.45, 1.003])
  expect(asked({ paths: ['/x'], costs: '20;45', backbone: 50 })).toMatchObject({ costs: [20, 45], backboneMacs: 50 })
  expect(asked({ paths: ['/x'], costs: 'quickstart' })!.costs).toBe('quickstart')
})

test('all that is filled in is a request that the host takes', () => {
  const draft: ImportDraft = {
    paths: ['/x'],
    format: 'csv',
    metric: 'acc_*',
    costs: '50,100',
    backbone: null,
    name: ' sdn ',
    experiment: 'toy',
    regime: 'mixed',
    seeds: '1, 2',
    logged: 'best',
    split: 'test',
    task: 'regression',
    follow: true,
  }
  expect(importInput.parse(inputOf(draft))).toEqual({
    paths: ['/x'],
    format: 'csv',
    map: { metric: 'acc_*' },
    costs: [0.5, 1],
    name: 'sdn',
    experiment: 'toy',
    regime: 'mixed',
    seeds: [1, 2],
    logged: 'best',
    split: 'test',
    task: 'regression',
    follow: true,
  })
})
