import { describe, expect, it } from 'vitest'
import type { OfTask } from '../../../src/shared/methods/task.ts'
import { chosenThreshold, thresholdWithin } from '../../../src/engine/evaluation/budgets.ts'

describe('reading a budget', () => {
  it('takes the last threshold before the first that costs too much, without interpolation', () => {
    expect(thresholdWithin([100, 240, 251, 260], 1000, 0.25)).toBe(1)
  })

  it('does not return to a cheaper threshold behind an expensive one', () => {
    expect(thresholdWithin([100, 260, 200], 1000, 0.25)).toBe(0)
  })

  it('lets a cost equal the budget', () => {
    expect(thresholdWithin([250, 300], 1000, 0.25)).toBe(0)
  })

  it('is not misled by the rounding of budget times cost', () => {
    expect(0.57 * 100).toBeLessThan(57)
    expect(thresholdWithin([57, 58], 100, 0.57)).toBe(0)
  })

  it('is null where even the first threshold costs too much', () => {
    expect(thresholdWithin([266, 300], 1000, 0.25)).toBeNull()
  })

  it('takes the last threshold where none costs too much, and for Unlimited', () => {
    expect(thresholdWithin([100, 200], 1000, 0.25)).toBe(1)
    expect(thresholdWithin([5000, 6000], 1000, null)).toBe(1)
  })

  it('keeps just under a budget that a static exit misses by a hair, as in the paper’s table 14', () => {
    expect(
      thresholdWithin(
        [0.0834, 0.1667, 0.25003, 0.3334].map((f) => f * 1e9),
        1e9,
        0.25,
      ),
    ).toBe(1)
  })
})

describe('the threshold that is read at a budget', () => {
  const exits = { costs: [100, 400, 700, 1000], backboneCost: 1000 }
  const chosen = (values: number[], budget: number | null, of: OfTask = { task: 'regression' }) =>
    chosenThreshold(of, { ...exits, values, budget })

  it('is the best by validation among those of a regression that are affordable', () => {
    const values = [3.5, 6.12, 2, 4]
    expect([0.25, 0.5, 0.75, 1, null].map((budget) => chosen(values, budget))).toEqual([0, 0, 2, 2, 2])
  })

  it('is the cheaper one of equals', () => {
    expect(chosen([3, 2, 2, 2], null)).toBe(1)
  })

  it('is the deepest one of a classification, whatever its accuracy', () => {
    expect(chosen([0.9, 0.2, 0.3, 0.4], 0.5, {})).toBe(1)
  })

  it('is none where even the first costs too much', () => {
    expect(chosen([1, 2, 3, 4], 0.05)).toBeNull()
  })
})
