import { describe, expect, it } from 'vitest'
import { chosenSurface } from '../../../../src/readings/analyses/loss-landscape/figure/arrangement.ts'
import { lossScale, lossShare, lossTicks } from '../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import { landscapeSummary } from '../../../../src/readings/analyses/loss-landscape/figure/panel.ts'
import { panelOf, paraboloid } from './panels.ts'

const square = (value: number | null) => [
  [value, value],
  [value, 1],
]

describe('the surface that is shown', () => {
  const draws = [[square(1)], [square(3)], [square(null)]]

  it('is one draw, or the mean over draws with its spread', () => {
    const of = { draws: draws.slice(0, 2), points: 2, whole: true }
    expect(chosenSurface(of, { exit: 0, draw: 1 })).toEqual({ values: square(3), spread: null, whole: true })
    const { values, spread } = chosenSurface(of, { exit: 0, draw: 'mean' })
    expect(values).toEqual([
      [2, 2],
      [2, 1],
    ])
    expect(spread![0]![0]).toBeCloseTo(Math.SQRT2)
    expect(spread![1]![1]).toBe(0)
  })

  it('has no mean where a draw has no value', () => {
    const { values } = chosenSurface({ draws, points: 2, whole: true }, { exit: 0, draw: 'mean' })
    expect(values).toEqual([
      [null, null],
      [null, 1],
    ])
  })

  it('is the mean of the finished draws while another is being computed', () => {
    const of = { draws, points: 2, whole: false }
    const { values, whole } = chosenSurface(of, { exit: 0, draw: 'mean' })
    expect([values[0]![0], whole]).toEqual([2, true])
    expect(chosenSurface(of, { exit: 0, draw: 2 }).whole).toBe(false)
    expect(chosenSurface(of, { exit: 0, draw: 1 }).whole).toBe(true)
  })

  it('is empty before its draw has begun', () => {
    const { values, whole } = chosenSurface({ draws, points: 2, whole: false }, { exit: 0, draw: 7 })
    expect([values.flat(), whole]).toEqual([[null, null, null, null], false])
  })
})

describe('a landscape in numbers', () => {
  it('has its centre, its extremes and its rise to the ends of the axes', () => {
    const summary = landscapeSummary(panelOf(paraboloid, { points: 9 }))
    expect(summary).toEqual({ centre: 1, lowest: 1, highest: 4, rise: 1.5, missing: 0 })
  })

  it('has no rise where an end is missing, and counts the computed points', () => {
    const { rise, missing, highest } = landscapeSummary(
      panelOf((delta, eta) => (delta === 1 ? null : paraboloid(delta, eta))),
    )
    expect([rise, missing, highest]).toEqual([null, 5, 4])
    expect(landscapeSummary(panelOf(() => null))).toMatchObject({ centre: null, lowest: null, highest: null })
  })
})

describe('the scale of losses', () => {
  it('begins at 0 and ends at the highest loss, or at the limit', () => {
    expect(lossScale([0.5, null, 3], { log: false, limit: 5 })).toEqual({ low: 0, high: 3, log: false, clipped: false })
    const clipped = lossScale([0.5, 80], { log: false, limit: 5 })
    expect(clipped).toEqual({ low: 0, high: 5, log: false, clipped: true })
    expect([0, 2.5, 5, 80].map((loss) => lossShare(clipped, loss))).toEqual([0, 0.5, 1, 1])
  })

  it('follows the logarithm from the lowest loss', () => {
    const scale = lossScale([0.1, 10], { log: true, limit: null })
    expect([0.1, 1, 10, 0].map((loss) => lossShare(scale, loss))).toEqual([0, 0.5, 1, 0])
    expect(lossTicks(scale, 3)).toEqual([0.1, 1, 10])
    expect(lossTicks(scale, 8)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10])
  })

  it('has round ticks within less than a power of ten, and exists without any loss', () => {
    const ticks = lossTicks(lossScale([2.1, 4.4], { log: true, limit: null }), 5)
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    expect(lossScale([null], { log: false, limit: 5 })).toMatchObject({ low: 0, high: 1 })
  })
})
