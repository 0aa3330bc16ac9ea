import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { compute } from '../../../src/readings/best/compute.ts'
import { best } from '../../../src/readings/best/index.ts'
import { bestSentence } from '../../../src/readings/best/sentence.ts'
import type { BestAnswer } from '../../../src/readings/best/schema.ts'
import { table } from '../../../src/readings/best/table.ts'
import { budgets } from '../../../src/readings/budgets/index.ts'
import type { BudgetsAnswer } from '../../../src/readings/budgets/schema.ts'
import { table as budgetsTable } from '../../../src/readings/budgets/table.ts'
import { differences } from '../../../src/readings/differences/index.ts'
import type { DifferencesAnswer } from '../../../src/readings/differences/schema.ts'
import { madeSweep } from '../made-sweep.ts'

interface Fixture {
  series: number[][]
  ranked: number[]
  behind: { difference: number; low?: number; high?: number; p: number | null; adjustedP: number | null }[]
}
/** Made by make_with_best.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/with-best.json', import.meta.url), 'utf8')) as Fixture

const sources = madeSweep(
  fixture.series.map((values, i) => ({ regime: 'mixed', settings: { 'training.learningRate': i + 1 }, values })),
)
const nameOf = (i: number) => `mixed · learning rate ${i + 1}`
const [first, ...others] = fixture.ranked
const expected = others.map((i, place) => ({ name: nameOf(i), ...fixture.behind[place]! }))
const isWorse = ({ adjustedP }: { adjustedP: number | null }) => adjustedP !== null && adjustedP < 0.05

describe('the test of the best against the others equals SciPy’s, p times the number of those tested', () => {
  let ranking: BestAnswer
  let marked: BudgetsAnswer
  let pairs: DifferencesAnswer
  beforeAll(async () => {
    const question = { budgets: [0.5] }
    ranking = await compute(sources, best.question.parse(question))
    marked = (await budgets.compute(sources, budgets.question.parse({ ...question, marked: true }))) as BudgetsAnswer
    const asked = differences.question.parse({ ...question, against: 'best' })
    pairs = (await differences.compute(sources, asked)) as DifferencesAnswer
  })

  it('in the ranking', () => {
    const [top, ...rest] = ranking.atBudgets[0]!.ranking
    expect(top!.series).toBe(nameOf(first!))
    expect(rest.map(({ series }) => series)).toEqual(expected.map(({ name }) => name))
    rest.forEach(({ behind, isCandidate }, i) => {
      const { difference, low, high, p, adjustedP } = expected[i]!
      expect(behind!.difference).toBeCloseTo(difference, 9)
      expect(isCandidate).toBe(!isWorse(expected[i]!))
      if (p === null) return expect([behind!.p, behind!.adjustedP]).toEqual([null, null])
      expect(behind!.low).toBeCloseTo(low!, 9)
      expect(behind!.high).toBeCloseTo(high!, 9)
      expect(behind!.p).toBeCloseTo(p, 9)
      expect(behind!.adjustedP).toBeCloseTo(adjustedP!, 9)
    })
  })

  it('in the sentence', () => {
    const near = expected.filter((each) => each.adjustedP !== null && !isWorse(each)).map(({ name }) => name)
    expect(bestSentence(ranking, 0.5)).toMatch(
      new RegExp(
        `${near.length} of 6 others are not distinguishable from it: ${near.join(' and ')}\\. 1 of 6 others is not told apart`,
      ),
    )
  })

  it('in the marks of a table of budgets, and in differences with the best', () => {
    const closest = (p: number | null) => (p === null ? null : (expect.closeTo(p, 9) as number))
    const inOrder = expected.toSorted((a, b) => a.name.localeCompare(b.name))
    for (const { atBudgets } of [marked.marks!, pairs])
      expect(
        atBudgets[0]!.pairs.map(({ first: name, second, p, adjustedP }) => ({ name, second, p, adjustedP })),
      ).toEqual(
        inOrder.map(({ name, p, adjustedP }) => ({
          ...{ name, second: nameOf(first!), p: closest(p), adjustedP: closest(adjustedP) },
        })),
      )
    const { blocks, legend } = budgetsTable(marked, { eachSeed: false, unit: 'macs' })
    const marks = blocks[0]!.rows.map(({ heads, cells }) => [heads[0]!.split(' (')[0], cells[0]!.printed.mark ?? null])
    expect(Object.fromEntries(marks)).toEqual({
      [nameOf(first!)]: null,
      ...Object.fromEntries(
        expected.map((each) => [each.name, each.adjustedP === null ? null : isWorse(each) ? '▽' : '·']),
      ),
    })
    expect(legend).toEqual([
      '▽ worse than the best at each budget on validation samples, · neither: paired over seeds, p < 0.05 after Bonferroni’s correction for all pairs with the best at a budget.',
    ])
  })

  it('in the columns of files', () => {
    const cells = table(ranking)
      .blocks[0]!.rows.slice(1)
      .map((row) => row.cells.at(-1)?.values[0] ?? null)
    expect(cells).toEqual(
      expected.map(({ adjustedP }) => (adjustedP === null ? null : (expect.closeTo(adjustedP, 5) as number))),
    )
  })
})
