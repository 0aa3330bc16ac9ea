import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { lineDifference } from '../../../src/main/extensions/line-difference.ts'
import { numbersFrom } from '../../support/numbers.ts'

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

test('a file that is new or gone has no line more than its own, and one break at the end is a line of a changed one', () => {
  expect(shown([], ['a', '', 'b', ''])).toEqual(['+a', '+', '+b'])
  expect(shown(['a', '', 'b', ''], [])).toEqual(['-a', '-', '-b'])
  expect(shown(['a', ''], ['a'])).toEqual([' a', '-'])
  expect(shown(['a', 'b', ''], ['X', 'b', ''])).toEqual(['-a', '+X', ' b', ' '])
})

test('equal lines that are left out between two differences are one gap', () => {
  const middle = ['1', '2', '3', '4', '5', '6', '7']
  expect(shown(['a', ...middle, 'z'], ['b', ...middle, 'y'])).toEqual([
    '-a',
    '+b',
    ' 1',
    ' 2',
    '…',
    ' 6',
    ' 7',
    '-z',
    '+y',
  ])
})

const seed = Number(process.env.EXITLAB_TEST_SEED ?? randomInt(2 ** 31))
test(`a difference has both texts, and as many equal lines as any has (seed ${seed})`, () => {
  const random = numbersFrom(seed)
  const text = () => Array.from({ length: 1 + Math.floor(random() * 7) }, () => 'abc'[Math.floor(random() * 3)]!)
  for (let round = 0; round < 400; round++) {
    const [before, after] = [text(), text()]
    const lines = lineDifference(before.join('\n'), after.join('\n'))
    if (before.join() === after.join()) {
      expect(lines).toEqual([])
      continue
    }
    const of = (...kinds: string[]) => lines.flatMap(({ kind, text }) => (kinds.includes(kind) ? [text] : []))
    // Where all lines are near a difference none is left out.
    if (lines.some(({ kind }) => kind === 'gap')) continue
    expect([of('same', 'removed'), of('same', 'added')]).toEqual([before, after])
    expect(of('same')).toHaveLength(longestCommon(before, after))
  }
})

/** Length of the longest common subsequence, by its definition. */
function longestCommon([a, ...before]: string[], after: string[]): number {
  if (a === undefined || after.length === 0) return 0
  const at = after.indexOf(a)
  const without = longestCommon(before, after)
  return at < 0 ? without : Math.max(without, 1 + longestCommon(before, after.slice(at + 1)))
}

test('of very long texts all between the first and the last difference is different', () => {
  const long = (mark: string) => ['a', ...Array.from({ length: 2100 }, (_, line) => `${mark}${line % 7}`), 'z']
  const lines = shown(long('x'), long('y'))
  expect(lines.slice(0, 2)).toEqual([' a', '-x0'])
  expect(lines).toHaveLength(2 + 2 * 2100)
})
