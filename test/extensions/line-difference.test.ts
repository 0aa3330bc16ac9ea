import { expect, test } from 'vitest'
import { lineDifference } from '../../src/extensions/line-difference.ts'

const signs = { same: ' ', added: '+', removed: '-', gap: '…' }
const shown = (before: string[], after: string[]) =>
  lineDifference(before.join('\n'), after.join('\n')).map(({ kind, text }) => signs[kind] + text)

test('equal texts have no difference', () => {
  expect(lineDifference('a\nb', 'a\nb')).toEqual([])
  expect(lineDifference('', '')).toEqual([])
})

test('a changed line is removed and added, with two equal lines on either side', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  expect(shown(before, ['a', 'b', 'c', 'X', 'e', 'f', 'g'])).toEqual(['…', ' b', ' c', '-d', '+X', ' e', ' f', '…'])
})

test('lines that both have are kept, in the longest order', () => {
  expect(shown(['a', 'b', 'c'], ['b', 'c', 'a'])).toEqual(['-a', ' b', ' c', '+a'])
  expect(shown(['x'], ['x', 'x'])).toEqual([' x', '+x'])
  expect(shown(['x', 'x'], ['x'])).toEqual([' x', '-x'])
})

test('lines are added at the beginning and at the end', () => {
  expect(shown(['m'], ['a', 'm', 'z'])).toEqual(['+a', ' m', '+z'])
})

test('of very long texts all between the first and the last difference is different', () => {
  const long = (mark: string) => ['a', ...Array.from({ length: 2100 }, (_, line) => `${mark}${line % 7}`), 'z']
  const lines = shown(long('x'), long('y'))
  expect(lines.slice(0, 2)).toEqual([' a', '-x0'])
  expect(lines).toHaveLength(2 + 2 * 2100)
})
