import { expect, test } from 'vitest'
import { groupKey, groupOf } from '../../../../src/renderer/composables/compare/sample-group-key.ts'

test('a key names a group of samples and, of those that leave, the exit', () => {
  expect(groupKey('leaving', 3)).toBe('exit-3')
  expect(groupKey('lost', 3)).toBe('lost')
  for (const exit of [0, 12, 'final'] as const)
    expect(groupOf(groupKey('leaving', exit))).toEqual({ group: 'leaving', exit })
  expect(groupOf('never')).toEqual({ group: 'never', exit: 0 })
})

test('an unknown key stands for the samples that were lost', () => {
  for (const key of ['', 'exit-', 'exit--1', 'exit-last', 'all'])
    expect(groupOf(key)).toEqual({ group: 'lost', exit: 0 })
})
