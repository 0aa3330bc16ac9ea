import { describe, expect, it } from 'vitest'
import { costCurveHover } from '../../../src/renderer/panels/curve/cost-curve-hover.ts'
import type { CostCurveSeries } from '../../../src/readings/curve/schema.ts'
import type { Plot } from '../../../src/figures/plot.ts'
import type { OfTask } from '../../../src/shared/methods/task.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'

/** 1 % of cost is one pixel to the right of 10, one point of accuracy one pixel above 110. */
const plot: Plot = { left: 10, right: 110, top: 10, bottom: 110, x: { low: 0, high: 1 }, y: { low: 0, high: 100 } }

const series = (regime: PaperRegime, means: number[]): CostCurveSeries => ({
  experiment: 'a',
  regime,
  series: regime,
  look: null,
  name: regime,
  backboneCost: 1000,
  runs: [],
  seedCount: 1,
  seeds: [],
  curve: means.map((mean, i) => ({ cost: 0.2 + 0.4 * i, mean, std: null })),
  exits: [{ cost: 0.5, mean: 5, std: null }],
})

const flat = series('joint', [50, 50, 50])
const rising = series('mixed', [20, 60, 90])

const at = (cost: number, value: number, of: OfTask = {}) =>
  costCurveHover({ series: [flat, rising], ...of }, plot, { x: 10 + cost, y: 110 - value })

describe('the pointer in the accuracy–cost figure', () => {
  it('reads what each regime reaches within its cost, without interpolation, best first', () => {
    expect(at(59, 30)!.values.map(({ series: { name }, point }) => [name, point.mean])).toEqual([
      ['joint', 50],
      ['mixed', 20],
    ])
    expect(at(61, 30)!.values.map(({ point }) => point.mean)).toEqual([60, 50])
    expect(at(61, 30, { task: 'regression' })!.values.map(({ point }) => point.mean)).toEqual([50, 60])
    expect(at(10, 30)!.values).toEqual([])
  })

  it('is on the regime whose line is closest, between its points too', () => {
    expect(at(40, 47)!.nearest).toBe(flat)
    expect(at(40, 41)!.nearest).toBe(rising)
    expect(at(90, 10)!.nearest).toBeNull()
  })

  it('selects an exit rather than a nearby line', () => {
    expect(at(50, 10)).toMatchObject({ nearest: { name: 'joint' }, exit: 0 })
    expect(at(40, 47)!.exit).toBeNull()
  })

  it('reads nothing outside of the plot', () => {
    expect(at(101, 50)).toBeNull()
    expect(at(50, -1)).toBeNull()
  })
})

it('reads an imported series without a curve at its exits', () => {
  const mark = { format: 'csv', reading: 'exits', split: null, sharesOnly: true } as const
  const exits = [0.2, 0.6].map((cost, k) => ({ cost, mean: 30 + 10 * k, std: null }))
  const imported = { ...series('joint', []), regime: null, look: 0, imported: mark, exits }
  const hover = costCurveHover({ series: [imported] }, plot, { x: 10 + 65, y: 110 - 40 })!
  expect(hover.values.map(({ point }) => point.mean)).toEqual([40])
  expect([hover.nearest, hover.exit]).toEqual([imported, 1])
})
