import { expect, test } from 'vitest'
import { chunksOf } from '../../../src/shared/basics/chunks.ts'

test.each([
  [[], []],
  [['a'], [['a']]],
  [
    ['a', 'b', 'c', 'd'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    ['a', 'b', 'c'],
    [['a', 'b'], ['c']],
  ],
])('%j is cut into pieces of two', (items, pieces) => {
  expect(chunksOf(items, 2)).toEqual(pieces)
})
