import { describe, expect, it } from 'vitest'
import type { RunLandscape } from '../../../src/analyses/loss-landscape/figure/arrangement.ts'
import { limitAt, limitStops, stopOf, defaultLimit } from '../../../src/analyses/loss-landscape/figure/limits.ts'

type Draws = RunLandscape['draws']

/** A run of one exit on a grid of 3 × 3, its losses in rows. */
function landscape(...draws: Draws[number][number][]): Pick<RunLandscape, 'coefficients' | 'draws'> {
  return { coefficients: [-1, 0, 1], draws: draws.map((surface) => [surface]) }
}

/** Losses far above the one at the trained weights. */
const around = (centre: number | null) => [
  [90, 70, 80],
  [60, centre, 400],
  [50, null, 300],
]

describe('the loss at which surfaces are cut off', () => {
  it('is 4 nats above the trained weights, at the next stop, unless it is chosen', () => {
    expect(defaultLimit([landscape(around(0.3))])).toBe(5)
    expect(defaultLimit([landscape(around(1))])).toBe(5)
    expect(defaultLimit([landscape(around(0.3)), landscape(around(1), around(2.5))])).toBe(8)
    expect(defaultLimit([landscape(around(97))])).toBeNull()
  })

  it('is known before anything is computed, and where the trained weights have no finite loss', () => {
    expect(defaultLimit([])).toBe(4)
    expect(defaultLimit([{ coefficients: [-1, 0, 1], draws: [] }])).toBe(4)
    expect(defaultLimit([landscape(around(null))])).toBe(4)
  })

  it('stays while the grid follows the trained weights', () => {
    const first = [
      [null, null, null],
      [null, 0.3, null],
      [null, null, null],
    ]
    expect(defaultLimit([landscape(first)])).toBe(defaultLimit([landscape(around(0.3))]))
  })

  it('has stops that are found again, and none behind the last', () => {
    expect(limitStops.map((stop) => limitAt(stopOf(stop)))).toEqual(limitStops)
    expect(limitAt(stopOf(null))).toBeNull()
    expect(limitAt(stopOf(7.3))).toBe(8)
  })
})
