import { describe, expect, it } from 'vitest'
import { pairOf, pairsAt, pairSentence, untestedSentence, type Pair } from '../../../src/readings/differences/pair.ts'
import type { SeriesDifference } from '../../../src/readings/differences/schema.ts'
import { primaryMetric } from '../../../src/shared/methods/task.ts'

const accuracy = primaryMetric({})
const pair = (changes: Partial<SeriesDifference>): SeriesDifference => ({
  experiment: 'a',
  first: 'disjoint',
  second: 'joint',
  difference: -2,
  low: -3,
  high: -1,
  p: 0.001,
  untested: null,
  adjustedP: 0.003,
  pairCount: 3,
  ...changes,
})

describe('a pair of regimes', () => {
  it('reads as listed', () => {
    const reading = pairOf([pair({})], { experiment: 'a', series: 'disjoint', against: 'joint', metric: accuracy })
    expect(reading).toEqual({
      difference: -2,
      low: -3,
      high: -1,
      adjustedP: 0.003,
      untested: null,
      pairCount: 3,
      mark: 'worse',
      metric: accuracy,
    })
  })

  it('reverses its sign and the ends of its interval in the other order', () => {
    const reading = pairOf([pair({})], { experiment: 'a', series: 'joint', against: 'disjoint', metric: accuracy })
    expect(reading).toMatchObject({ difference: 2, low: 1, high: 3, mark: 'better' })
  })

  it('is better where an error is lower', () => {
    const metric = primaryMetric({ task: 'regression' })
    const reading = pairOf([pair({})], { experiment: 'a', series: 'disjoint', against: 'joint', metric })
    expect(reading).toMatchObject({ difference: -2, mark: 'better' })
  })

  it('differs significantly below p = 0.05 only', () => {
    const markAt = (adjustedP: number | null) =>
      pairOf([pair({ adjustedP })], { experiment: 'a', series: 'joint', against: 'disjoint', metric: accuracy })!.mark
    expect([0.0499, 0.05, 0.6, null].map(markAt)).toEqual(['better', 'neither', 'neither', null])
  })

  it('is null where the host did not list it', () => {
    expect(pairOf([pair({})], { experiment: 'b', series: 'joint', against: 'disjoint', metric: accuracy })).toBeNull()
    expect(pairOf([pair({})], { experiment: 'a', series: 'mixed', against: 'joint', metric: accuracy })).toBeNull()
    expect(pairsAt({ atBudgets: [{ budget: 0.5, pairs: [pair({})] }] }, null)).toEqual([])
  })
})

const reading = {
  difference: -3.62,
  low: -6.04,
  high: -1.2,
  adjustedP: 0.0126,
  untested: null,
  pairCount: 3,
  mark: 'worse',
  metric: accuracy,
} as const

it('counts an error in its own unit, and says that less of it is better', () => {
  const error = { ...reading, mark: 'better', metric: primaryMetric({ task: 'regression' }) } as const
  expect(pairSentence({ ...error, difference: -0.25, low: -0.5, high: -0.1 }, 'joint')).toBe(
    '0.2500 MSE below joint (better), 95 % interval −0.5000 … −0.1000, corrected p = 0.013 over 3 seeds',
  )
})

it.each<[Partial<Pair>, string]>([
  [{}, '3.62 points below joint, 95 % interval −6.04 … −1.20, corrected p = 0.013 over 3 seeds'],
  [
    { difference: 1, low: 0.5, high: 1.5, adjustedP: 0.0004 },
    '1.00 points above joint, 95 % interval +0.50 … +1.50, corrected p < 0.001 over 3 seeds',
  ],
  [
    { difference: 0, low: null, high: null, adjustedP: null, untested: 'equal-differences' },
    'equal to joint over 3 seeds; not tested: the difference is the same at every seed',
  ],
  [
    { low: null, high: null, adjustedP: null, untested: 'few-seeds', pairCount: 1 },
    '3.62 points below joint over 1 seed; not tested: fewer than 3 seeds are paired',
  ],
  [
    { adjustedP: null, untested: 'few-seeds', pairCount: 2 },
    '3.62 points below joint, 95 % interval −6.04 … −1.20 over 2 seeds; not tested: fewer than 3 seeds are paired',
  ],
  [
    { low: null, high: null, adjustedP: null, untested: 'equal-differences' },
    '3.62 points below joint over 3 seeds; not tested: the difference is the same at every seed',
  ],
])('a pair in words: %o', (changes, sentence) => {
  expect(pairSentence({ ...reading, ...changes }, 'joint')).toBe(sentence)
})

it('why pairs are not tested, each reason once', () => {
  const of = (...reasons: Pair['untested'][]) => untestedSentence(reasons.map((untested) => ({ untested })))
  expect(of(null, null)).toBeNull()
  expect(of('few-seeds', 'few-seeds')).toBe('Not tested: fewer than 3 seeds are paired.')
  expect(of('equal-differences', null, 'few-seeds')).toBe(
    'Without p: fewer than 3 seeds are paired, or the difference is the same at every seed.',
  )
})
