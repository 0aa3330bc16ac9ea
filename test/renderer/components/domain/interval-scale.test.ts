import { describe, expect, it } from 'vitest'
import { intervalScale } from '../../../../src/renderer/components/domain/interval-scale.ts'

const pair = (value: number, ...ends: [number, number] | []) => ({ value, interval: ends.length === 2 ? ends : null })

describe('the strip of differences', () => {
  it('reaches from the lowest end to the highest, zero within', () => {
    const { zero, place } = intervalScale([pair(2, 1, 3), pair(-1, -1, -1)])
    expect(zero).toBeCloseTo(0.25)
    expect([-1, 3].map(place)).toEqual([0, 1])
  })

  it('has zero at an end where all differ one way', () => {
    expect(intervalScale([pair(2, 1, 3)]).zero).toBe(0)
  })

  it('cuts wide intervals of few seeds at twice the largest difference', () => {
    const { place } = intervalScale([pair(2, -50, 54)])
    expect([place(-50), place(2), place(54)]).toEqual([0, 0.75, 1])
  })

  it('exists without intervals, and without differences', () => {
    expect(intervalScale([pair(4)]).place(4)).toBe(1)
    expect(intervalScale([pair(0, 0, 0)]).place(0)).toBe(0)
  })
})
