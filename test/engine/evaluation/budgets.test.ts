import { describe, expect, it } from 'vitest'
import { thresholdWithin } from '../../../src/main/engine/evaluation/budgets.ts'

describe('reading a budget', () => {
  it('takes the last threshold before the first that costs too much, without interpolation', () => {
    expect(thresholdWithin([100, 240, 251, 260], 1000, 0.25)).toBe(1)
  })

  it('does not come back to a cheaper threshold behind an expensive one', () => {
    expect(thresholdWithin([100, 260, 200], 1000, 0.25)).toBe(0)
  })

  it('lets a cost equal the budget', () => {
    expect(thresholdWithin([250, 300], 1000, 0.25)).toBe(0)
  })

  it('is not misled by the rounding of budget times cost', () => {
    expect(0.57 * 100).toBeLessThan(57)
    expect(thresholdWithin([57, 58], 100, 0.57)).toBe(0)
  })

  it('has nothing where even the first threshold costs too much', () => {
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
