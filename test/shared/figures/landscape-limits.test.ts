import { describe, expect, it } from 'vitest'
import { limitAt, limitStops, stopOf, usualLimit } from '../../../src/shared/figures/landscape-limits.ts'

describe('the loss at which surfaces are cut off', () => {
  it('is above half of the losses unless it is chosen', () => {
    expect(usualLimit([0.2, 7, 9, 400, null])).toBe(10)
    expect(usualLimit([0.2, 0.3, 0.4])).toBe(2.5)
    expect(usualLimit([500, 600, 700])).toBeNull()
    expect(usualLimit([])).toBe(2.5)
  })

  it('has stops that are found again, and none behind the last', () => {
    expect(limitStops.map((stop) => limitAt(stopOf(stop)))).toEqual(limitStops)
    expect(limitAt(stopOf(null))).toBeNull()
    expect(limitAt(stopOf(7.3))).toBe(8)
  })
})
