import { expect, test } from 'vitest'
import { firstOf } from '../../../src/shared/format/lists.ts'

test('a list that is too long says how many more there are', () => {
  expect(firstOf(['a', 'b'], 2)).toBe('a, b')
  expect(firstOf(['a', 'b', 'c'], 2, '; ')).toBe('a; b and 1 more')
  expect(
    firstOf(
      Array.from({ length: 1203 }, () => '0'),
      1,
    ),
  ).toBe('0 and 1,202 more')
  expect(firstOf([], 2)).toBe('')
})
