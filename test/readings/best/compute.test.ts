import { describe, expect, it } from 'vitest'
import { readBudget } from '../../../src/engine/evaluation/budget-reading.ts'
import { groupRuns } from '../../../src/engine/evaluation/groups.ts'
import { pairedDifference } from '../../../src/engine/evaluation/paired.ts'
import { longCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { compute } from '../../../src/readings/best/compute.ts'
import { best } from '../../../src/readings/best/index.ts'
import type { BestAnswer } from '../../../src/readings/best/schema.ts'
import { bestSentence } from '../../../src/readings/best/sentence.ts'
import { compute as budgetsOf } from '../../../src/readings/budgets/compute.ts'
import { budgetsQuestion } from '../../../src/readings/budgets/schema.ts'
import type { AskedRuns } from '../../../src/readings/sources.ts'
import { table } from '../../../src/readings/best/table.ts'
import { meanStd } from '../../../src/shared/statistics/statistics.ts'
import { fullSweep, madeSweep } from '../made-sweep.ts'
import { answerOf, aRanked, near, winner } from './made-ranking.ts'
import { fixtureSources } from '../support.ts'

const sources = fixtureSources()
const ask = (question: object = {}) => compute(sources, best.question.parse(question))

describe('the ranking of series', () => {
  it('is by values on validation samples, each with its paired difference to the best', async () => {
    const groups = groupRuns(await sources.runs({ runs: [], cost: 'macs' }))
    const options = { protocol: 'validation', seedReading: 'averaged' } as const
    const { atBudgets } = await ask({ budgets: [0.75] })
    const read = groups.map((group) => ({
      series: group.series,
      validation: readBudget(group, 0.75, options, 'validation')!.values,
      test: readBudget(group, 0.75, options)!.values,
    }))
    const [first, second] = read.toSorted((a, b) => meanStd(b.validation).mean - meanStd(a.validation).mean)
    const difference = pairedDifference(second!.validation, first!.validation)
    expect(atBudgets[0]!.ranking).toMatchObject([
      { series: first!.series, validation: meanStd(first!.validation), behind: null, test: meanStd(first!.test) },
      {
        series: second!.series,
        validation: meanStd(second!.validation),
        behind: { ...difference, adjustedP: difference.p },
      },
    ])
  })

  it('reads validation values off the validation curve at the threshold of the budget', async () => {
    const [group] = groupRuns(await sources.runs({ runs: [], cost: 'macs' }))
    const options = { protocol: 'validation', seedReading: 'per-seed' } as const
    const [validation, test] = [readBudget(group!, null, options, 'validation')!, readBudget(group!, null, options)!]
    group!.runs.forEach((run, i) => {
      expect(validation.values[i]).toBe(100 * run.validation.curve.values.at(-1)!)
      expect(test.values[i]).toBe(100 * run.test.curve.values.at(-1)!)
    })
  })

  it('is empty where no series has a threshold within the budget', async () => {
    const answer = await ask({ budgets: [0.1] })
    const runs = await sources.runs({ runs: [], cost: 'macs' })
    const smallest = Math.min(...runs.map(({ exitCosts, backboneCost }) => exitCosts[0]! / backboneCost))
    const [{ ranking, withoutThreshold, ...at }] = answer.atBudgets as [BestAnswer['atBudgets'][number]]
    expect(at).toEqual({ budget: 0.1, smallest: expect.closeTo(smallest, 6) as number })
    expect([ranking, withoutThreshold.map(({ series }) => series)]).toEqual([[], ['disjoint', 'mixed']])
    expect(bestSentence(answer, 0.1)).toBe(
      'Nothing can be chosen at 10\u202f% of the backbone’s cost: no series has a threshold within it; the cheapest exit takes 18\u202f% of the backbone’s cost.',
    )
    const inMacs = await ask({ budgets: [1], budgetsIn: 'cost' })
    const costs = runs.map(({ exitCosts }) => exitCosts[0]!)
    expect(inMacs.atBudgets[0]!.smallest).toBe(Math.min(...costs))
    expect(
      bestSentence(
        { ...inMacs, atBudgets: [{ budget: 1, ranking: [], withoutThreshold: [], smallest: 1_230_001 }] },
        1,
      ),
    ).toMatch(/takes 1\.24.M multiply-adds\.$/)
  })
})

describe('the ranking of a sweep', () => {
  const question = best.question.parse({ budgets: [0.5] })
  const ranking = async (about: object = {}) =>
    (await compute(madeSweep(fullSweep, about), question)).atBudgets[0]!.ranking

  it('has the test value of the best alone, however sure that is, and of all once they were opened', async () => {
    const series = [
      { regime: 'mixed', settings: { 'training.learningRate': 0.1 }, values: [70, 71, 73] },
      { regime: 'mixed', settings: { 'training.learningRate': 0.2 }, values: [69, 71.2, 72.1] },
      { regime: 'mixed', settings: { 'training.learningRate': 0.3 }, values: [40, 41.1, 42.9] },
      { regime: 'mixed', settings: { 'training.learningRate': 0.4 }, values: [68, 69] },
    ]
    const asked = async (about: object = {}) =>
      (await compute(madeSweep(series, about), question)).atBudgets[0]!.ranking
    const closed = await asked()
    expect(closed.map(({ validation }) => validation.mean)).toEqual([
      expect.closeTo(71.33, 2),
      expect.closeTo(70.77, 2),
      68.5,
      expect.closeTo(41.33, 2),
    ])
    // The third has two seeds and is not tested: a candidate.
    expect(closed.map(({ isCandidate }) => isCandidate)).toEqual([true, true, true, false])
    expect(closed.map(({ test }) => test?.mean ?? null)).toEqual([expect.closeTo(70.33, 2), null, null, null])
    const oneSeed = series.map(({ values: [first], ...each }) => ({ ...each, values: [first!] }))
    const { atBudgets } = await compute(madeSweep(oneSeed), question)
    expect(atBudgets[0]!.ranking.map(({ test }) => test?.mean ?? null)).toEqual([69, null, null, null])
    expect((await asked({ testOpenedAt: 1 })).every(({ test }) => test !== null)).toBe(true)
  })

  it('has every test value where regimes differ in nothing else, as a table of budgets has, with one seed too', async () => {
    for (const seeds of [1, 3]) {
      const regimes = ['disjoint', 'joint', 'mixed'].map((regime, at) => ({
        ...{ regime, settings: {} },
        values: [70, 72, 75].slice(0, seeds).map((value, seed) => value + at * (seed + 1)),
      }))
      const sources = madeSweep(regimes)
      const [at] = (await compute(sources, question)).atBudgets
      const { rows } = await budgetsOf(sources, budgetsQuestion.parse({ budgets: [0.5] }))
      expect(at!.ranking.map(({ series, test }) => [series, test])).toEqual(
        rows.toReversed().map(({ series, cells: [cell] }) => [series, { mean: cell!.mean, std: cell!.std }]),
      )
    }
  })

  it('counts series without a threshold within the budget, and names them', async () => {
    const dear = ['a', 'b'].map((name) => ({ regime: 'joint', settings: { name }, values: [90, 91, 92] }))
    const cheap = [70, 60].map((value) => ({
      regime: 'mixed',
      settings: { value },
      values: [value, value + 1, value + 3],
    }))
    const [first, second] = [madeSweep(dear, { backboneCost: 700 }), madeSweep(cheap)]
    const runs = async (asked: AskedRuns) => [...(await first.runs(asked)), ...(await second.runs(asked))]
    const answer = await compute({ ...second, runs }, question)
    const [at] = answer.atBudgets
    expect([at!.ranking, at!.withoutThreshold].map((rows) => rows.length)).toEqual([2, 2])
    expect(bestSentence(answer, 0.5)).toMatch(
      /2 of 3 others have no threshold within the budget: joint · name a and joint · name b\.$/,
    )
    const { blocks, notes } = table(answer)
    expect(blocks[0]!.rows.map(({ heads }) => heads)).toEqual([
      ['1', 'mixed · value 70'],
      ['2', 'mixed · value 60'],
      ['–', 'joint · name a'],
      ['–', 'joint · name b'],
    ])
    expect(notes).toEqual(['–: even the cheapest threshold exceeds the budget.'])
    expect(longCsv(table(answer))).toContain('0.5,,sweep,joint,joint · name a,,')
    expect(best.json(answer)).toMatchObject({
      atBudgets: [{ withoutThreshold: [{ regime: 'joint', series: 'joint · name a' }, { series: 'joint · name b' }] }],
    })
  })

  it('keeps a series that is better at the seeds that both have, though its mean is lower', async () => {
    const series = [
      // The mean is that of five seeds, two of which the other does not have.
      { regime: 'joint', settings: {}, values: [70, 71, 72, 90, 92] },
      { regime: 'mixed', settings: {}, values: [75, 76.1, 77.2] },
    ]
    const { atBudgets } = await compute(madeSweep(series), question)
    const [best, other] = atBudgets[0]!.ranking
    expect([best!.series, other!.series]).toEqual(['joint', 'mixed'])
    expect(other!.behind!.difference).toBeGreaterThan(0)
    expect(other!.behind!.adjustedP).toBeLessThan(0.05)
    expect([other!.isCandidate, other!.test?.mean]).toEqual([true, expect.closeTo(75.1, 9)])
    const answer = { rule: 'confidence', atBudgets }
    expect(bestSentence(answer, 0.5)).toMatch(
      /\(5 seeds\)\. mixed is better beyond chance at the seeds that both have: train the seeds that are missing\.$/,
    )
    expect(table(answer).blocks[0]!.rows.map(({ heads }) => heads[1])).toEqual(['joint (n = 5)', 'mixed (n = 3)'])
  })

  it('takes budgets in multiply-adds, whatever share of a backbone they are', async () => {
    const inMacs = async (budget: number) =>
      compute(madeSweep(fullSweep), best.question.parse({ budgets: [budget], budgetsIn: 'cost' }))
    const answer = await inMacs(400)
    expect(answer.atBudgets[0]!.ranking).toEqual(await ranking())
    expect(bestSentence(answer, 400)).toMatch(
      /^Best at 0\.400\u00a0k multiply-adds, chosen on validation samples: mixed/,
    )
    expect((await inMacs(399)).atBudgets[0]!.ranking).toEqual([])
  })
})

describe('the table of the ranking', () => {
  it('says that test values are closed, and of which series they are not', () => {
    const { blocks, caption, legend } = table(answerOf(winner, near('joint'), aRanked('disjoint')))
    const texts = blocks[0]!.rows.map(({ heads, cells }) => [
      ...heads,
      ...cells.map((cell) => cell?.printed.text ?? null),
    ])
    expect(texts).toEqual([
      ['1', 'mixed', '78.00', '78.64', null, null],
      ['2', 'joint', '78.00', 'closed', '-0.50', '0.800'],
      ['3', 'disjoint', '78.00', 'closed', '-2.00', '0.020'],
    ])
    expect(caption).toBe(bestSentence(answerOf(winner, near('joint'), aRanked('disjoint')), 0.5))
    expect(legend!.at(-1)).toBe(
      'Until someone opens the test values of a sweep, only that of the best series is shown.',
    )
    const test = { mean: 77, std: 1 }
    const open = table(answerOf(winner, { ...near('joint'), test }))
    expect(open.legend).toHaveLength(1)
  })
})
