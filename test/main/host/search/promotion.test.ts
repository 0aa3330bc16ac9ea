import { describe, expect, test } from 'vitest'
import {
  leadOf,
  placeAfter,
  promotionOf,
  rankedScores,
  standardError,
} from '../../../../src/main/host/search/promotion.ts'
import type { SearchScore } from '../../../../src/shared/runs/search-record.ts'

const percent = { unit: '%', higherIsBetter: true }
const mse = { unit: '', higherIsBetter: false }
const scores = (values: readonly (number | number[])[], samples = 100): SearchScore[] =>
  values.map((each, candidate) => ({ candidate, values: [each].flat(), samples }))

describe('standard errors', () => {
  test('over seeds: 70 and 74 have s = √8, so 2 of their mean', () => {
    expect(standardError(scores([[70, 74]])[0]!, percent)).toBeCloseTo(2)
  })

  test('of one seed: half of 100 samples right is 50 ± 5', () => {
    expect(standardError(scores([50])[0]!, percent)).toBeCloseTo(5)
    expect(standardError(scores([0.5])[0]!, mse)).toBeNull()
  })

  test('of a difference are paired by seed', () => {
    const [first, second] = scores([
      [70, 80, 90],
      [68, 77, 89],
    ])
    // Differences 2, 3, 1: mean 2, s = 1.
    const { lead, error } = leadOf(first!, second!, percent)
    expect(lead).toBeCloseTo(2)
    expect(error).toBeCloseTo(1 / Math.sqrt(3))
  })

  test('of one seed are those of two shares: 60 and 80 of 100 samples', () => {
    const [first, second] = scores([80, 60])
    expect(leadOf(first!, second!, percent).error).toBeCloseTo(Math.sqrt(0.16 + 0.24) * 10)
  })

  test('count a lower error as a lead', () => {
    const [first, second] = scores([[0.1, 0.2], [0.3, 0.4]]) // prettier-ignore
    expect(leadOf(first!, second!, mse).lead).toBeCloseTo(0.2)
  })
})

describe('who goes on', () => {
  test('is the best third, rounded up', () => {
    const { ranked, best, within } = promotionOf(scores([10, 90, 50, 30], 1e6), 4, percent)
    expect(ranked.map(({ candidate }) => candidate)).toEqual([1, 2, 3, 0])
    expect(best).toBe(2)
    expect(within).toEqual([])
  })

  test('is a third of those that began, also where some have no score', () => {
    expect(promotionOf(scores([10, 90], 1e6), 7, percent).best).toBe(2)
    expect(promotionOf([], 7, percent)).toEqual({ ranked: [], best: 0, within: [] })
  })

  test('is also who is within one standard error of the last of them', () => {
    // 80 − 75 of 100 samples: √(16 + 18.75) = 5.9 points; 80 − 74: 5.96.
    const { within } = promotionOf(scores([80, 75, 74]), 3, percent)
    expect(within.map(({ candidate }) => candidate)).toEqual([1])
    expect(within[0]).toMatchObject({ lead: 5 })
    expect(within[0]!.error).toBeCloseTo(5.895, 3)
  })

  test('of one seed of a regression is nobody else: its standard error is not known', () => {
    expect(promotionOf(scores([0.1, 0.1001, 0.2]), 3, mse).within).toEqual([])
  })

  test('equals stay in the order of the experiment and go on together', () => {
    const { ranked, within } = promotionOf(scores([50, 50, 50]), 3, percent)
    expect(ranked.map(({ candidate }) => candidate)).toEqual([0, 1, 2])
    expect(within.map(({ candidate }) => candidate)).toEqual([1, 2])
  })

  test('equals that come in another order stand in that of the experiment', () => {
    const [first, second] = scores([50, 50])
    expect(rankedScores([second!, first!], percent)).toEqual([first, second])
  })

  test('is who is as far behind as one standard error, not who is without a known one', () => {
    // Differences 1 and 0: mean and standard error are 0.5.
    const near = scores([[80, 80], [79, 80]]) // prettier-ignore
    expect(promotionOf(near, 2, percent).within).toEqual([{ candidate: 1, lead: 0.5, error: 0.5 }])
    expect(promotionOf(scores([0.1, 0.1]), 2, mse).within).toEqual([])
  })

  test('goes to the last rung at once where it is one alone, those within a standard error counted', () => {
    const within = [{ candidate: 1, lead: 0, error: 1 }]
    const search = { plan: [1, 2, 3, 4] }
    expect(placeAfter({ best: 1, within: [] }, { rung: 0 }, search)).toBe(3)
    expect(placeAfter({ best: 1, within }, { rung: 0 }, search)).toBe(1)
    expect(placeAfter({ best: 2, within }, { rung: 0 }, search)).toBe(1)
    expect(placeAfter({ best: 2, within: [] }, { rung: 1 }, search)).toBe(2)
  })
})
