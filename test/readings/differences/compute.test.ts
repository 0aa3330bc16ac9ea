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

  // Deviations that differ from series to series, so that every pair is tested: 28 pairs of eight series.
  const noisy = fullSweep
    .slice(0, 8)
    .map((each, i) => ({ ...each, values: each.values.map((v, s) => v + ((i * s * 7) % 5) / 4 + (i * i * s) / 50) }))

  it('have the p that they have among all pairs, whichever are listed', async () => {
    const pairsOf = async (against?: string) => (await ask({ against }, noisy)).atBudgets[0]!.pairs
    const all = await pairsOf('all')
    expect(all).toHaveLength(28)
    const named = (await pairsOf())[0]!.second
    const withNamed = await pairsOf(named)
    expect(withNamed).toHaveLength(7)
    for (const { first, difference, low, high, p, adjustedP } of withNamed) {
      const same = all.find((pair) => [pair.first, pair.second].toSorted().join() === [first, named].toSorted().join())!
      const sign = same.first === first ? 1 : -1
      expect([difference, p, adjustedP]).toEqual([sign * same.difference, same.p, same.adjustedP])
      expect([low, high]).toEqual(sign === 1 ? [same.low, same.high] : [-same.high!, -same.low!])
    }
  })

  it('have p times their number with the best, which these values chose', async () => {
    const pairs = (await ask({}, noisy)).atBudgets[0]!.pairs
    expect(pairs).toHaveLength(7)
    for (const { p, adjustedP } of pairs) expect(adjustedP).toBe(Math.min(1, 7 * p!))
    expect(pairs.some(({ adjustedP }) => adjustedP! < 1)).toBe(true)
  })
  const best = 'mixed · head conv, learning rate 0.01'

  it('are those with the best at each budget where there are many series', async () => {
    const { readOn, against, atBudgets } = await ask()
    expect([readOn, against]).toEqual(['validation', 'the best at each budget'])
    expect(atBudgets[0]!.pairs.map(({ second }) => second)).toEqual(Array(11).fill(best))
    expect(table(await ask()).caption).toContain('to the best at each budget, paired over 3 seeds')
    expect(table(await ask()).emphasis).toContain('after Bonferroni’s correction for all pairs with the best')
  })

  it('say in JSON when test values were opened', async () => {
    const question = differences.question.parse({ budgets: [0.5] })
    const jsonOf = async (about: object) =>
      differences.json(await compute(madeSweep(fullSweep, about), question)) as object[]
    expect(await jsonOf({ testOpenedAt: 7 })).toMatchObject([{ budget: 0.5, testOpenedAt: 7 }])
    expect((await jsonOf({}))[0]).not.toHaveProperty('testOpenedAt')
  })

  it('are all of few series, or where they are asked for', async () => {
    expect((await ask({ against: 'all' })).atBudgets[0]!.pairs).toHaveLength(66)
    const few = await ask({}, fullSweep.slice(0, 7))
    expect(few.against).toBeUndefined()
    expect(few.atBudgets[0]!.pairs).toHaveLength(21)
  })

  it('are refused where no series has the name', async () => {
    await expect(ask({ against: 'joined' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('No series is called “joined”. Expected all, best, or one of '),
    })
  })

  it('are those with a series by its name', async () => {
    const named = await ask({ against: 'joint · head pooled, learning rate 0.1' })
    expect(named.against).toBe('joint · head pooled, learning rate 0.1')
    expect(named.atBudgets[0]!.pairs).toHaveLength(11)
    // The values of its seeds are 51.5, 52 and 52.5, those of the best 79.5, 80 and 80.5.
    expect(named.atBudgets[0]!.pairs.find(({ first }) => first === best)!.difference).toBeCloseTo(28, 9)
  })
})
