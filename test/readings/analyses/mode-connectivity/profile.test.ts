import { describe, expect, it } from 'vitest'
import { runPairs } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import type { MeasuredPath } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import { pathProfile } from '../../../../src/readings/analyses/mode-connectivity/profile.ts'
import type { ProfileReading } from '../../../../src/readings/analyses/mode-connectivity/profile.ts'
import { measured, run } from '../../../support/measured-paths.ts'

const loss: ProfileReading = { path: 'naive', metric: 'loss', split: 'test' }
const between = (seed = 1) => [run('disjoint', seed), run('joint', seed)] as const
const profileOf = (paths: MeasuredPath[], reading = loss) => pathProfile(runPairs(paths)[0]!, reading)

describe('the profile of a path', () => {
  it('has the barriers that were measured, of each exit and of their mean, and where they are', () => {
    const path = measured(between(), { naive: 0.8, matched: 0.2 })
    for (const kind of ['naive', 'matched'] as const) {
      const { exits, mean } = profileOf([path], { ...loss, path: kind })!
      const { barriers, meanBarrier } = path.result[kind]!.test!
      expect(exits.map(({ barrier }) => barrier.mean)).toEqual(barriers.map((each) => expect.closeTo(each, 12)))
      expect(mean.barrier).toEqual({ mean: expect.closeTo(meanBarrier, 12), std: null })
      expect([mean.peak, mean.values[2]!.mean]).toEqual([2, expect.closeTo(0.5 + meanBarrier, 12)])
    }
  })

  it('is the mean over seeds, of barriers too', () => {
    const { mean } = profileOf([
      measured(between(1), { naive: 1, matched: null }),
      measured(between(2), { naive: 3, matched: null }),
    ])!
    // 1.5 and 4.5 nats above the straight line; unbiased over two seeds: 3 / √2.
    expect(mean.barrier).toEqual({ mean: expect.closeTo(3, 12), std: expect.closeTo(3 / Math.SQRT2, 12) })
    expect(mean.values[2]).toEqual({ mean: expect.closeTo(3.5, 12), std: expect.closeTo(3 / Math.SQRT2, 12) })
  })

  it('gives the fall of accuracy in percentage points', () => {
    const { exits } = profileOf([measured(between(), { naive: 1, matched: null })], { ...loss, metric: 'accuracy' })!
    // A loss of 1 nat more is 0.1 of accuracy less.
    expect(exits.map(({ barrier }) => barrier.mean)).toEqual([expect.closeTo(10, 9), expect.closeTo(20, 9)])
    expect(exits[0]!.values[0]!.mean).toBeCloseTo(95, 9)
  })

  it('covers the points that all seeds have while one of them is being measured', () => {
    const profile = profileOf([
      measured(between(1), { naive: 1, matched: null }),
      measured(between(2), { naive: 1, matched: null, lambdas: [0, 0.5, 1] }),
    ])!
    expect(profile.lambdas).toEqual([0, 0.5, 1])
    expect(profile.mean.values).toHaveLength(3)
  })

  it('is absent where the path was not requested', () => {
    expect(profileOf([measured(between(), { naive: 1, matched: null })], { ...loss, path: 'matched' })).toBeNull()
  })
})
