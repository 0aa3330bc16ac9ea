import { describe, expect, it } from 'vitest'
import { readBudget } from '../../../src/engine/evaluation/budget-reading.ts'
import { groupRuns } from '../../../src/engine/evaluation/groups.ts'
import { pairedDifference } from '../../../src/engine/evaluation/paired.ts'
import { compute } from '../../../src/readings/best/compute.ts'
import { best } from '../../../src/readings/best/index.ts'
import type { BestAnswer, Ranked } from '../../../src/readings/best/schema.ts'
import { bestSentence } from '../../../src/readings/best/sentence.ts'
import { table } from '../../../src/readings/best/table.ts'
import { meanStd } from '../../../src/shared/statistics.ts'
import { fullSweep, madeSweep } from '../made-sweep.ts'
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
    expect(answer.atBudgets).toEqual([{ budget: 0.1, ranking: [], smallest: expect.closeTo(smallest, 6) as number }])
    expect(bestSentence(answer, 0.1)).toBe(
      'Nothing can be chosen at 10\u202f% of the backbone’s cost: no series has a threshold within it; the cheapest exit takes 18\u202f% of the backbone’s cost.',
    )
    const inMacs = await ask({ budgets: [1], budgetsIn: 'cost' })
    const costs = runs.map(({ exitCosts }) => exitCosts[0]!)
    expect(inMacs.atBudgets[0]!.smallest).toBe(Math.min(...costs))
    expect(bestSentence({ ...inMacs, atBudgets: [{ budget: 1, ranking: [], smallest: 1_230_001 }] }, 1)).toMatch(
      /takes 1\.24.M multiply-adds\.$/,
    )
  })
})

describe('the ranking of a sweep', () => {
  const question = best.question.parse({ budgets: [0.5] })
  const ranking = async (about: object = {}) =>
    (await compute(madeSweep(fullSweep, about), question)).atBudgets[0]!.ranking

  it('shows test values of the best and of what a test does not tell from it, and of all once they were opened', async () => {
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
    // The third has two seeds and is not tested: a candidate, of which the test set stays closed.
    expect(closed.map(({ isCandidate }) => isCandidate)).toEqual([true, true, true, false])
    expect(closed.map(({ test }) => test?.mean ?? null)).toEqual([
      expect.closeTo(70.33, 2),
      expect.closeTo(69.77, 2),
      null,
      null,
    ])
    expect((await asked({ testOpenedAt: 1 })).every(({ test }) => test !== null)).toBe(true)
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

const series = (name: string, change: Partial<Ranked> = {}): Ranked => ({
  ...{ experiment: 'toy', regime: name, series: name, look: null, seedCount: 5 },
  validation: { mean: 78, std: 1 },
  behind: { difference: -2, low: -3, high: -1, p: 0.01, untested: null, pairCount: 5, adjustedP: 0.02 },
  isCandidate: false,
  test: null,
  ...change,
})
const winner = series('mixed', { behind: null, isCandidate: true, test: { mean: 78.64, std: 1.23 } })
const near = (name: string) =>
  series(name, {
    behind: { difference: -0.5, low: -2, high: 1, p: 0.4, untested: null, pairCount: 5, adjustedP: 0.8 },
    isCandidate: true,
    test: { mean: 78, std: 1 },
  })
const answerOf = (...ranking: Ranked[]): BestAnswer => ({ rule: 'confidence', atBudgets: [{ budget: 0.5, ranking }] })
const start =
  'Best at 50\u202f% of the backbone’s cost, chosen on validation samples: mixed, accuracy 78.64 ± 1.23 % on test samples (5 seeds).'

describe('the decision as a sentence', () => {
  it('names the best with its test value, and the series that are not distinguishable from it', () => {
    expect(bestSentence(answerOf(winner, near('joint'), series('disjoint')), 0.5)).toBe(
      `${start} 1 of 2 others is not distinguishable from it: joint.`,
    )
    expect(bestSentence(answerOf(winner), 0.5)).toBe(start)
  })

  it('says that all others are worse where they are', () => {
    expect(bestSentence(answerOf(winner, series('disjoint')), 0.5)).toBe(`${start} The other is worse beyond chance.`)
    expect(bestSentence(answerOf(winner, series('joint'), series('disjoint')), 0.5)).toBe(
      `${start} Both others are worse beyond chance.`,
    )
  })

  it('says why nothing was tested', () => {
    const behind = {
      difference: -2,
      low: null,
      high: null,
      p: null,
      untested: 'few-seeds',
      pairCount: 1,
      adjustedP: null,
    } as const
    expect(bestSentence(answerOf(winner, series('joint', { behind, isCandidate: true })), 0.5)).toBe(
      `${start} 1 of 1 other is not told apart from it, as fewer than 3 seeds are paired.`,
    )
  })

  it('names them up to six, leaves more to the ranking, and names the experiment where there are several', () => {
    const many = Array.from({ length: 9 }, (_, i) => near(`s${i}`))
    expect(bestSentence(answerOf(winner, ...many), 0.5)).toMatch(/9 of 9 others are not distinguishable from it\.$/)
    expect(bestSentence(answerOf(winner, ...many.slice(3)), 0.5)).toMatch(
      /6 of 6 others are not distinguishable from it: s3, s4, s5, s6, s7 and s8\.$/,
    )
    const other = series('joint', { experiment: 'another' })
    expect(bestSentence(answerOf(winner, other), 0.5)).toContain('chosen on validation samples: mixed of toy, accuracy')
  })
})

describe('the table of the ranking', () => {
  it('says that test values of series are closed that validation samples tell from the best', () => {
    const { blocks, caption, legend } = table(answerOf(winner, near('joint'), series('disjoint')))
    const texts = blocks[0]!.rows.map(({ heads, cells }) => [
      ...heads,
      ...cells.map((cell) => cell?.printed.text ?? null),
    ])
    expect(texts).toEqual([
      ['1', 'mixed', '78.00', '78.64', null, null],
      ['2', 'joint', '78.00', '78.00', '-0.50', '0.800'],
      ['3', 'disjoint', '78.00', 'closed', '-2.00', '0.020'],
    ])
    expect(caption).toBe(bestSentence(answerOf(winner, near('joint'), series('disjoint')), 0.5))
    expect(legend!.join(' ')).toContain('Test samples are read for the best')
  })
})
