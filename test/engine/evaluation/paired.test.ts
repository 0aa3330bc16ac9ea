import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { holm, meanPairedDifference, pairedDifference } from '../../../src/engine/evaluation/paired.ts'
import { criticalT, twoSidedP } from '../../../src/engine/evaluation/student.ts'

interface PairedFixture {
  cases: { first: number[]; second: number[]; difference: number; low: number; high: number; p: number }[]
  /** Of the differences of each case and the next. */
  welch: { difference: number; low: number; high: number; p: number }[]
  holm: number[]
}
/** Made by make_paired.py. */
const paired = JSON.parse(readFileSync(new URL('fixtures/paired.json', import.meta.url), 'utf8')) as PairedFixture

describe('Student’s t', () => {
  it('has the closed form of one degree of freedom: p = 1 − 2 arctan(t)/π', () => {
    for (const t of [0, 0.01, 0.5, 1, 3, 40]) expect(twoSidedP(t, 1)).toBeCloseTo(1 - (2 * Math.atan(t)) / Math.PI, 13)
  })

  it('has the closed form of two degrees of freedom: p = 1 − t/√(2 + t²)', () => {
    for (const t of [0, 0.1, 1, 4.3, 12]) expect(twoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13)
  })

  it('has p = 1 at 0 and p = 0 at infinity, exactly', () => {
    for (const freedom of [1, 2, 30]) {
      expect(twoSidedP(0, freedom)).toBe(1)
      for (const t of [1e200, Infinity, -Infinity]) expect(twoSidedP(t, freedom)).toBe(0)
    }
  })

  it('has the critical values of the published tables', () => {
    const table: [number, number, number][] = [
      [0.95, 1, 12.706],
      [0.95, 2, 4.303],
      [0.95, 4, 2.776],
      [0.99, 9, 3.25],
      [0.95, 30, 2.042],
      [0.95, 1000, 1.962],
    ]
    for (const [confidence, freedom, t] of table) expect(criticalT(confidence, freedom)).toBeCloseTo(t, 3)
  })
})

describe('a paired difference', () => {
  it('has mean, t interval and p of a hand-made case', () => {
    // Differences 1, 2, 3: mean 2, s = 1, standard error 1/√3, t = 2√3 with 2 degrees of freedom.
    const answer = pairedDifference([11, 22, 33], [10, 20, 30])
    const margin = Math.sqrt((2 * 0.95 ** 2) / (1 - 0.95 ** 2)) / Math.sqrt(3)
    expect(answer).toMatchObject({ difference: 2, pairCount: 3 })
    expect(answer.low).toBeCloseTo(2 - margin, 10)
    expect(answer.high).toBeCloseTo(2 + margin, 10)
    expect(answer.p).toBeCloseTo(1 - (2 * Math.sqrt(3)) / Math.sqrt(14), 12)
  })

  it('equals SciPy’s paired t test', () => {
    for (const { first, second, ...expected } of paired.cases) {
      const answer = pairedDifference(first, second)
      expect(answer).toMatchObject({ pairCount: first.length, untested: null })
      for (const key of ['difference', 'low', 'high', 'p'] as const) expect(answer[key]).toBeCloseTo(expected[key], 10)
    }
  })

  it('has neither interval nor p with one pair', () => {
    expect(pairedDifference([3], [1])).toEqual({
      ...{ difference: 2, low: null, high: null, p: null },
      ...{ untested: 'few-seeds', pairCount: 1 },
    })
  })

  it('has an interval but no p with two pairs', () => {
    // Differences 1 and 3: mean 2, standard error 1, critical t of one degree of freedom.
    const answer = pairedDifference([2, 5], [1, 2])
    expect(answer).toMatchObject({ difference: 2, p: null, untested: 'few-seeds', pairCount: 2 })
    expect(answer.low).toBeCloseTo(2 - 12.7062047, 6)
    expect(answer.high).toBeCloseTo(2 + 12.7062047, 6)
  })

  it('has neither interval nor p where the differences do not vary', () => {
    const none = { low: null, high: null, p: null }
    expect(pairedDifference([3, 4], [1, 2])).toMatchObject({ ...none, difference: 2, untested: 'few-seeds' })
    expect(pairedDifference([3, 4, 5], [1, 2, 3])).toMatchObject({
      ...none,
      difference: 2,
      untested: 'equal-differences',
    })
    expect(pairedDifference([1, 2, 0], [1, 2, 0])).toMatchObject({ ...none, untested: 'equal-differences' })
    expect(pairedDifference([0, 0, 0], [0, 0, 0])).toMatchObject({ ...none, untested: 'equal-differences' })
  })

  it('takes differences that differ by rounding alone for equal', () => {
    // 5 of 36 images at every seed, in per cent.
    const first = [30, 25, 31].map((right) => (100 * right) / 36)
    const second = [35, 30, 36].map((right) => (100 * right) / 36)
    const differences = first.map((value, seed) => value - second[seed]!)
    expect(new Set(differences).size).toBeGreaterThan(1)
    expect(pairedDifference(first, second)).toMatchObject({ low: null, p: null, untested: 'equal-differences' })
    // By the largest of all values whatever its sign: a rounding of 5e-17 beside zeros.
    const [zeros, rounded] = [
      [0, 0, 0],
      [0.1 + 0.2, 0.3, 0.3],
    ]
    for (const values of [rounded, rounded.map((value) => -value)]) {
      expect(pairedDifference(zeros, values).untested).toBe('equal-differences')
      expect(pairedDifference(values, zeros).untested).toBe('equal-differences')
    }
  })

  it('takes large differences that differ by their rounding for equal', () => {
    // All differ by 0.1, which a number of millions holds up to 10⁻¹⁰.
    const first = [1e6 + 0.1, 2e6 + 0.1, 3e6 + 0.1]
    const second = [1e6, 2e6, 3e6]
    expect(new Set(first.map((value, seed) => value - second[seed]!)).size).toBeGreaterThan(1)
    expect(pairedDifference(first, second).untested).toBe('equal-differences')
  })

  it('tests differences that vary by one image of many', () => {
    const first = [9000, 9001, 9000].map((right) => right / 1e6)
    expect(pairedDifference(first, [0.008, 0.008, 0.008]).untested).toBeNull()
  })
})

describe('the mean of independent paired differences', () => {
  it('equals SciPy’s test of Welch, of which it is the difference with weights 1 and −1', () => {
    for (const [index, expected] of paired.welch.entries()) {
      const [one, other] = [paired.cases[index]!, paired.cases[index + 1]!]
      const answer = meanPairedDifference([
        { ...one, weight: 1 },
        { ...other, weight: -1 },
      ])
      expect(answer).toMatchObject({ pairCount: Math.min(one.first.length, other.first.length), untested: null })
      for (const key of ['difference', 'low', 'high', 'p'] as const) expect(answer[key]).toBeCloseTo(expected[key], 10)
    }
  })

  it('of samples of equal sizes and deviations has the sum of their degrees of freedom', () => {
    // Differences 1, 2, 3 and 5, 6, 7: mean 4, standard error √(1/3 + 1/3)/2, four degrees of freedom.
    const answer = meanPairedDifference([
      { weight: 0.5, first: [1, 2, 3], second: [0, 0, 0] },
      { weight: 0.5, first: [5, 6, 7], second: [0, 0, 0] },
    ])
    expect(answer.difference).toBe(4)
    expect(answer.high! - 4).toBeCloseTo(2.77644511 * Math.sqrt(1 / 6), 7)
  })

  it('weighs a sample whose differences do not vary as exact', () => {
    const exact = { weight: 0.5, first: [4, 4, 4], second: [0, 0, 0] }
    const answer = meanPairedDifference([exact, { weight: 0.5, first: [1, 2, 3], second: [0, 0, 0] }])
    const half = pairedDifference([1, 2, 3], [0, 0, 0])
    expect(answer.difference).toBe(3)
    expect(answer.high! - 3).toBeCloseTo((half.high! - 2) / 2, 10)
    expect(meanPairedDifference([exact, exact]).untested).toBe('equal-differences')
  })

  it('has no p where one sample has two pairs, and no interval where one has one', () => {
    const three = { weight: 0.5, first: [1, 2, 3], second: [0, 0, 0] }
    expect(meanPairedDifference([three, { weight: 0.5, first: [1, 2], second: [0, 0] }])).toMatchObject({
      ...{ low: expect.any(Number), p: null, untested: 'few-seeds', pairCount: 2 },
    })
    expect(meanPairedDifference([three, { weight: 0.5, first: [1], second: [0] }])).toMatchObject({
      ...{ difference: 1.5, low: null, p: null, untested: 'few-seeds', pairCount: 1 },
    })
  })
})

describe('Holm’s correction', () => {
  it('multiplies the smallest p by their number, the next by one less, and stays monotone', () => {
    expect(holm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06])
    expect(holm([0.6, null, 0.7])).toEqual([1, null, 1])
    expect(holm([0.125, null, 0.03125, null])).toEqual([0.125, null, 0.0625, null])
  })

  it('equals the definition on more p values', () => {
    const adjusted = holm(paired.cases.map(({ p }) => p))
    adjusted.forEach((p, i) => expect(p).toBeCloseTo(paired.holm[i]!, 12))
  })
})
