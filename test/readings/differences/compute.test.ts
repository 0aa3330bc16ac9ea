import { describe, expect, it } from 'vitest'
import { differencesOf } from '../../../src/readings/differences/compute.ts'
import { evaluatedRuns, fixture } from '../../engine/evaluation/fixtures/comparison.ts'
import { summarised } from '../../engine/evaluation/summarised.ts'

const runs = await summarised(evaluatedRuns, 'confidence')

describe('differences between series', () => {
  const pairsAt = (compared: typeof runs, budget: number) =>
    differencesOf(compared, { protocol: 'paper', seedReading: 'averaged', budgets: [budget] }).atBudgets[0]!.pairs
  const joint = runs
    .filter((run) => run.regime === 'mixed' && run.seed > 1)
    .map((run) => ({ ...run, regime: 'joint' as const, series: 'joint' }))

  it('are taken for every pair, over common seeds, at one budget', () => {
    const pairs = pairsAt([...runs, ...joint], 0.5)
    expect(pairs.map((pair) => [pair.first, pair.second, pair.pairCount])).toEqual([
      ['disjoint', 'joint', 2],
      ['disjoint', 'mixed', 3],
      ['joint', 'mixed', 2],
    ])
    const expected = fixture.comparisons.find((c) => c.rule === 'confidence' && c.protocol === 'paper')!.rows
    expect(pairs[1]!.difference).toBeCloseTo(expected[0]!.cells[2]!.mean - expected[1]!.cells[2]!.mean, 10)
    // Of three pairs one shares three seeds, so that it alone is tested and Holm corrects for one test.
    expect(pairs.map(({ untested }) => untested)).toEqual(['few-seeds', null, 'few-seeds'])
    expect(pairs.map(({ p }) => p === null)).toEqual([true, false, true])
    expect(pairs[1]!.adjustedP).toBe(pairs[1]!.p)
  })

  it('leave out what no threshold fits', () => {
    expect(pairsAt(runs, 0.1)).toEqual([])
  })
})
