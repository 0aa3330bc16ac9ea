import { describe, expect, it } from 'vitest'
import { compute, differencesOf } from '../../../src/readings/differences/compute.ts'
import { differences } from '../../../src/readings/differences/index.ts'
import { table } from '../../../src/readings/differences/table.ts'
import { evaluatedRuns, fixture } from '../../engine/evaluation/fixtures/comparison.ts'
import { fullSweep, madeSweep } from '../made-sweep.ts'
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

describe('the pairs that are listed', () => {
  const ask = (question: object = {}, series = fullSweep) =>
    compute(madeSweep(series), differences.question.parse({ budgets: [0.5], ...question }))
  const best = 'mixed · learning rate 0.01, head conv'

  it('are those with the best at each budget where there are many series, corrected for these alone', async () => {
    const { readOn, against, atBudgets } = await ask()
    expect([readOn, against]).toEqual(['validation', 'the best at each budget'])
    expect(atBudgets[0]!.pairs.map(({ second }) => second)).toEqual(Array(11).fill(best))
    expect(table(await ask()).caption).toContain('to the best at each budget, paired over 3 seeds')
    expect(table(await ask()).emphasis).toContain('all listed pairs')
  })

  it('are all of few series, or where they are asked for', async () => {
    expect((await ask({ against: 'all' })).atBudgets[0]!.pairs).toHaveLength(66)
    const few = await ask({}, fullSweep.slice(0, 7))
    expect(few.against).toBeUndefined()
    expect(few.atBudgets[0]!.pairs).toHaveLength(21)
  })

  it('are those with a series by its name', async () => {
    const named = await ask({ against: 'joint · learning rate 0.1, head pooled' })
    expect(named.against).toBe('joint · learning rate 0.1, head pooled')
    expect(named.atBudgets[0]!.pairs).toHaveLength(11)
    // The values of its seeds are 51.5, 52 and 52.5, those of the best 79.5, 80 and 80.5.
    expect(named.atBudgets[0]!.pairs.find(({ first }) => first === best)!.difference).toBeCloseTo(28, 9)
  })
})
