import { describe, expect, it } from 'vitest'
import type { RunLandscape } from '../../../../src/readings/analyses/loss-landscape/figure/arrangement.ts'
import {
  limitAt,
  limitStops,
  stopOf,
  defaultLimit,
} from '../../../../src/readings/analyses/loss-landscape/figure/limits.ts'

type Draws = RunLandscape['draws']

/** A run of one exit on a grid of 3 × 3, its losses in rows. */
function landscape(...draws: Draws[number][number][]): Pick<RunLandscape, 'coefficients' | 'draws'> {
  return { coefficients: [-1, 0, 1], draws: draws.map((surface) => [surface]) }
}

/** Losses 0, 1, 2 … on a grid of 3 × 3, times a factor, the smallest in the middle. */
const upTo = (factor: number, centre = 0) => [
  [1 * factor, 2 * factor, 3 * factor],
  [4 * factor, centre, 5 * factor],
  [6 * factor, 7 * factor, 8 * factor],
]

describe('the loss at which surfaces are cut off', () => {
  it('is the first stop with three quarters of the points below it, unless it is chosen', () => {
    // Six of nine losses are at most 5, seven at most 6: 6 is the first stop with 0.75 · 9 = 6.75.
    expect(defaultLimit([landscape(upTo(1))])).toBe(6)
    expect(defaultLimit([landscape(upTo(0.1))])).toBe(1)
    expect(defaultLimit([landscape(upTo(1.25))])).toBe(8)
    expect(defaultLimit([landscape(upTo(1000))])).toBeNull()
  })

  it('is one for all surfaces of all runs', () => {
    // 27 losses: 9 below 1, and of 1 … 8 twice as many; three quarters are 20.25, which 6 has (9 + 2 · 7 = 23) and 5 has (21).
    expect(defaultLimit([landscape(upTo(0.1), upTo(1)), landscape(upTo(1))])).toBe(5)
  })

  it('is not below the loss at any trained weights', () => {
    expect(defaultLimit([landscape(upTo(0.1)), landscape(upTo(0.1)), landscape(upTo(0.1, 18))])).toBe(20)
  })

  it('leaves points out that are not finite or not computed', () => {
    const first = [
      [null, null, null],
      [null, 0.3, null],
      [null, 2.2, null],
    ]
    expect(defaultLimit([landscape(first)])).toBe(2.5)
    expect(defaultLimit([])).toBe(limitStops[0])
    expect(defaultLimit([{ coefficients: [-1, 0, 1], draws: [] }])).toBe(limitStops[0])
  })

  it('has stops that are found again, and none behind the last', () => {
    expect(limitStops.map((stop) => limitAt(stopOf(stop)))).toEqual(limitStops)
    expect(limitAt(stopOf(null))).toBeNull()
    expect(limitAt(stopOf(7.3))).toBe(8)
  })
})
