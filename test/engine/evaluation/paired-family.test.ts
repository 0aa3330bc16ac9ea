import { describe, expect, it } from 'vitest'
import type { BudgetReading } from '../../../src/engine/evaluation/budget-reading.ts'
import { everyPair, withBest } from '../../../src/engine/evaluation/paired-family.ts'
import { pairedDifference } from '../../../src/engine/evaluation/paired.ts'

const read = (series: string, values: number[], seeds = values.map((_, i) => i + 1)) => {
  const reading: BudgetReading = { seeds, values, costs: seeds.map(() => 1) }
  return { series, reading }
}
const a = read('a', [70, 72, 74, 73])
const b = read('b', [71, 74, 75, 76])
const c = read('c', [60, 61, 59, 63])
/** Of the differences of two series, first minus second. */
const pOf = (first: typeof a, second: typeof a) => pairedDifference(first.reading.values, second.reading.values).p!

describe('every two series', () => {
  it('have their difference, p corrected by Holm for all pairs', () => {
    const family = everyPair([a, b, c])
    const [ab, ac, bc] = [pOf(a, b), pOf(a, c), pOf(b, c)]
    expect(ab).toBeGreaterThan(Math.max(ac, bc))
    expect(family.size).toBe(3)
    expect(family.difference('a', 'b')).toMatchObject({ difference: -1.75, pairCount: 4, p: ab, adjustedP: ab })
    const [smaller, larger] = [Math.min(ac, bc), Math.max(ac, bc)]
    const corrected = ['a', 'b'].map((first) => family.difference(first, 'c')!.adjustedP!)
    expect(corrected.toSorted((x, y) => x - y)).toEqual([3 * smaller, Math.max(3 * smaller, 2 * larger)])
  })

  it('have the same difference the other way round, with its interval turned', () => {
    const family = everyPair([a, b])
    const { low, high, difference, ...rest } = family.difference('a', 'b')!
    expect(low!).toBeLessThan(difference)
    expect(high!).toBeGreaterThan(difference)
    expect(family.difference('b', 'a')).toEqual({ ...rest, difference: -difference, low: -high!, high: -low! })
    const one = everyPair([read('a', [1]), read('b', [3])]).difference('b', 'a')
    expect(one).toMatchObject({ difference: 2, low: null, high: null, p: null, adjustedP: null })
  })

  it('without a common seed are no pair, and do not count', () => {
    const family = everyPair([a, b, read('late', [1, 2, 3], [7, 8, 9])])
    expect([family.size, family.difference('a', 'late'), family.difference('late', 'b')]).toEqual([1, null, null])
    expect(family.difference('a', 'b')!.adjustedP).toBe(pOf(a, b))
  })
})

describe('each series with the best', () => {
  it('has p times the number of those that are tested, at most 1', () => {
    const two = read('two seeds', [50, 51])
    const family = withBest([a, b, c, two], b)
    expect(family.size).toBe(3)
    expect(family.difference('a', 'b')).toMatchObject({ difference: -1.75, adjustedP: Math.min(1, 2 * pOf(a, b)) })
    expect(family.difference('c', 'b')!.adjustedP).toBe(2 * pOf(c, b))
    expect(family.difference('two seeds', 'b')).toMatchObject({ p: null, adjustedP: null })
    expect([family.difference('a', 'c'), family.difference('b', 'b')]).toEqual([null, null])
    const alike = [read('d', [72, 73, 76, 76]), read('e', [72, 73, 75, 74])]
    expect(pOf(alike[0]!, b)).toBeGreaterThan(0.5)
    expect(withBest([...alike, b], b).difference('d', 'b')!.adjustedP).toBe(1)
  })
})
