import { describe, expect, it } from 'vitest'
import { pairReading, pairsAt } from '../../../../../src/renderer/components/compare/differences/pair-reading.ts'
import { primaryMetric } from '../../../../../src/shared/task.ts'
import type { RegimeDifference } from '../../../../../src/shared/regime-differences.ts'

const accuracy = primaryMetric({})
const pair = (changes: Partial<RegimeDifference>): RegimeDifference => ({
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
    const reading = pairReading([pair({})], { experiment: 'a', regime: 'disjoint', against: 'joint', metric: accuracy })
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
    const reading = pairReading([pair({})], { experiment: 'a', regime: 'joint', against: 'disjoint', metric: accuracy })
    expect(reading).toMatchObject({ difference: 2, low: 1, high: 3, mark: 'better' })
  })

  it('is better where an error is lower', () => {
    const metric = primaryMetric({ task: 'regression' })
    const reading = pairReading([pair({})], { experiment: 'a', regime: 'disjoint', against: 'joint', metric })
    expect(reading).toMatchObject({ difference: -2, mark: 'better' })
  })

  it('differs significantly below p = 0.05 only', () => {
    const markAt = (adjustedP: number | null) =>
      pairReading([pair({ adjustedP })], { experiment: 'a', regime: 'joint', against: 'disjoint', metric: accuracy })!
        .mark
    expect([0.0499, 0.05, 0.6, null].map(markAt)).toEqual(['better', 'neither', 'neither', null])
  })

  it('is null where the host did not list it', () => {
    expect(
      pairReading([pair({})], { experiment: 'b', regime: 'joint', against: 'disjoint', metric: accuracy }),
    ).toBeNull()
    expect(pairReading([pair({})], { experiment: 'a', regime: 'mixed', against: 'joint', metric: accuracy })).toBeNull()
    expect(pairsAt([{ budget: 0.5, pairs: [pair({})] }], null)).toEqual([])
  })
})
