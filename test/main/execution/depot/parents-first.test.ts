import { expect, test } from 'vitest'
import { parentsFirst } from '../../../../src/main/execution/depot/parents-first.ts'

const inOrder = (...pairs: [id: string, parent: string | null][]) =>
  parentsFirst(pairs.map(([id, parent]) => ({ id, parent }))).map(({ id }) => id)

test('phases come level by level, those of one level as they were', () => {
  const pairs: [string, string | null][] = [
    ['c', 'b'],
    ['b2', 'a'],
    ['b', 'a'],
    ['a', null],
    ['other', null],
  ]
  expect(inOrder(...pairs)).toEqual(['a', 'other', 'b2', 'b', 'c'])
  expect(inOrder(...pairs.toReversed())).toEqual(['other', 'a', 'b', 'b2', 'c'])
})

test('a phase whose parent is not among them need not wait', () => {
  expect(inOrder(['b', 'a'], ['x', 'elsewhere'], ['a', null])).toEqual(['x', 'a', 'b'])
})
