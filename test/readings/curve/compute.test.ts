import { describe, expect, it } from 'vitest'
import { curvesOf } from '../../../src/readings/curve/compute.ts'
import { curveAnswer } from '../../../src/readings/curve/schema.ts'
import { evaluatedRuns, fixture } from '../../engine/evaluation/fixtures/comparison.ts'
import { summarised } from '../../engine/evaluation/summarised.ts'

/** Of one network, whose backbone costs 1,000 multiply-adds; and the same with twice the cost. */
const small = await summarised(evaluatedRuns, 'confidence')
const large = small.map((run) => ({
  ...run,
  experiment: 'large',
  backboneCost: 2 * run.backboneCost,
  exitCosts: run.exitCosts.map((cost) => 2 * cost),
  test: { ...run.test, curve: { ...run.test.curve, costs: run.test.curve.costs.map((cost) => 2 * cost) } },
}))
const options = { budgets: [0.25, 1, null], axis: 'share', eachSeed: false } satisfies Parameters<typeof curvesOf>[1]

describe('accuracy against cost', () => {
  it('is on the share of the own backbone, or on multiply-adds', () => {
    const share = curvesOf(small, options)
    const absolute = curvesOf(small, { ...options, axis: 'multiply-adds' })
    expect(curveAnswer.parse(absolute)).toEqual(absolute)
    expect(share.budgets).toEqual([0.25, 1])
    expect(absolute.budgets).toEqual([250, 1000])
    expect(share.series[0]!.exits.map(({ cost }) => cost)).toEqual(fixture.exitMacs.map((macs) => macs / 1000))
    expect(absolute.series[0]!.exits.map(({ cost }) => cost)).toEqual(fixture.exitMacs)
    absolute.series[0]!.curve.forEach(({ cost, mean }, i) => {
      expect(cost).toBeCloseTo(1000 * share.series[0]!.curve[i]!.cost, 9)
      expect(mean).toBe(share.series[0]!.curve[i]!.mean)
    })
  })

  it('keeps the bare backbone of each experiment, at its cost on the axis', () => {
    const both = [...small, ...large]
    const places = (axis: 'share' | 'multiply-adds') =>
      curvesOf(both, { ...options, axis }).backbones.map(({ name, cost }) => [name, cost])
    expect(places('share')).toEqual([
      ['bare backbone, fixture', 1],
      ['bare backbone, large', 1],
    ])
    expect(places('multiply-adds')).toEqual([
      ['bare backbone, fixture', 1000],
      ['bare backbone, large', 2000],
    ])
    expect(curvesOf(small, options).backbones).toMatchObject([{ name: 'bare backbone', cost: 1 }])
  })

  it('has no bare backbone that is a static network, too', () => {
    const disjoint = small.filter(({ regime }) => regime === 'disjoint')
    const alone = disjoint.map((run) => ({
      ...{ ...run, id: `${run.id}-alone`, regime: 'backbone', series: 'backbone', exitCosts: [run.backboneCost] },
      test: { ...run.test, exitValues: run.test.exitValues.slice(-1) },
    }))
    expect(curvesOf(disjoint, options).backbones).toHaveLength(1)
    expect(curvesOf([...disjoint, ...alone], options).backbones).toEqual([])
  })

  it('has one bare backbone of series that share it, and names those that differ', () => {
    const disjoint = small.filter(({ regime }) => regime === 'disjoint')
    const other = disjoint.map((run) => ({ ...run, series: 'disjoint · head conv' }))
    const namesOf = (runs: typeof small) => curvesOf(runs, options).backbones.map(({ name }) => name)
    expect(namesOf([...disjoint, ...other])).toEqual(['bare backbone'])
    const worse = other.map((run) => ({
      ...run,
      test: { ...run.test, exitValues: run.test.exitValues.map((value) => value / 2) },
    }))
    expect(namesOf([...disjoint, ...worse])).toEqual([
      `bare backbone of ${disjoint[0]!.series}`,
      'bare backbone of disjoint · head conv',
    ])
  })

  it('has no line for a budget whose cost differs between networks', () => {
    const both = [...small, ...large]
    expect(curvesOf(both, { ...options, axis: 'multiply-adds' }).budgets).toEqual([])
    expect(curvesOf(both, options).budgets).toEqual([0.25, 1])
  })

  it('has the curve of each seed if requested, whose mean is the mean curve', () => {
    expect(curvesOf(small, options).series[0]!.seeds).toEqual([])
    const [series] = curvesOf(small, { ...options, eachSeed: true }).series
    expect(series!.seeds.map(({ seed }) => seed)).toEqual([1, 2, 3])
    series!.curve.forEach(({ cost, mean }, i) => {
      const points = series!.seeds.map(({ curve }) => curve[i]!)
      expect(cost).toBeCloseTo(points.reduce((sum, point) => sum + point.cost, 0) / 3, 9)
      expect(mean).toBeCloseTo(points.reduce((sum, point) => sum + point.mean, 0) / 3, 9)
      expect(points.every(({ std }) => std === null)).toBe(true)
    })
  })
})
