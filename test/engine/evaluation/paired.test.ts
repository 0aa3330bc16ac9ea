import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../src/main/engine/evaluation/groups.ts'
import { holm, pairedDifference, regimeDifferences } from '../../../src/main/engine/evaluation/paired.ts'
import { criticalT, twoSidedP } from '../../../src/main/engine/evaluation/student.ts'
import { evaluatedRuns, fixture } from './fixtures/comparison.ts'
import { summarised } from './summarised.ts'

describe('Student’s t', () => {
  it('has the closed form of one degree of freedom: p = 1 − 2 arctan(t)/π', () => {
    for (const t of [0, 0.01, 0.5, 1, 3, 40]) expect(twoSidedP(t, 1)).toBeCloseTo(1 - (2 * Math.atan(t)) / Math.PI, 13)
  })

  it('has the closed form of two degrees of freedom: p = 1 − t/√(2 + t²)', () => {
    for (const t of [0, 0.1, 1, 4.3, 12]) expect(twoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13)
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

  it('has no interval with one pair', () => {
    expect(pairedDifference([3], [1])).toEqual({ difference: 2, low: null, high: null, p: null, pairCount: 1 })
  })

  it('is certain where all differences are equal', () => {
    expect(pairedDifference([3, 4], [1, 2])).toMatchObject({ low: 2, high: 2, p: 0 })
    expect(pairedDifference([1, 2], [1, 2])).toMatchObject({ low: 0, high: 0, p: 1 })
  })
})

describe('Holm’s correction', () => {
  it('multiplies the smallest p by their number, the next by one less, and stays monotone', () => {
    expect(holm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06])
    expect(holm([0.6, null, 0.7])).toEqual([1, null, 1])
  })
})

const runs = await summarised(evaluatedRuns, 'confidence')

describe('differences between regimes', () => {
  const options = { protocol: 'paper', reading: 'averaged' } as const
  const joint = runs
    .filter((run) => run.regime === 'mixed' && run.seed > 1)
    .map((run) => ({ ...run, regime: 'joint' as const, series: 'joint' }))

  it('are taken for every pair, over common seeds, at one budget', () => {
    const pairs = regimeDifferences(groupRuns([...runs, ...joint]), 0.5, options)
    expect(pairs.map((pair) => [pair.first, pair.second, pair.pairCount])).toEqual([
      ['disjoint', 'joint', 2],
      ['disjoint', 'mixed', 3],
      ['joint', 'mixed', 2],
    ])
    const expected = fixture.comparisons.find((c) => c.rule === 'confidence' && c.protocol === 'paper')!.rows
    expect(pairs[1]!.difference).toBeCloseTo(expected[0]!.cells[2]!.mean - expected[1]!.cells[2]!.mean, 10)
    expect(pairs.every((pair) => pair.adjustedP! >= pair.p!)).toBe(true)
  })

  it('leave out what no threshold fits', () => {
    expect(regimeDifferences(groupRuns(runs), 0.1, options)).toEqual([])
  })
})
