import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { budgetsOf, compute } from '../../../src/readings/budgets/compute.ts'
import { budgetsAnswer, budgetsQuestion } from '../../../src/readings/budgets/schema.ts'
import { differencesOf } from '../../../src/readings/differences/compute.ts'
import { fixtureSources } from '../support.ts'
import { exitRows } from '../../../src/readings/exits/compute.ts'
import { groupRuns } from '../../../src/engine/evaluation/groups.ts'
import { optimismGap } from '../../../src/readings/optimism/compute.ts'
import { evaluatedRuns, fixture } from '../../engine/evaluation/fixtures/comparison.ts'
import { summarised } from '../../engine/evaluation/summarised.ts'

const summaries = await summarised(evaluatedRuns, 'confidence')
const [disjoint, mixed] = groupRuns(summaries)
const options = { budgets: fixture.budgets, protocol: 'validation', seedReading: 'averaged' } as const

type Question = z.input<typeof budgetsQuestion>

describe('a comparison', () => {
  it.each(fixture.comparisons)(
    'equals NumPy: $rule, $protocol, $reading',
    async ({ rule, protocol, reading, rows }) => {
      const runs = await summarised(evaluatedRuns, rule)
      const answer = budgetsOf(runs, { budgets: fixture.budgets, protocol, seedReading: reading })
      expect(budgetsAnswer.parse(answer)).toMatchObject({ protocol, rule, budgets: fixture.budgets })
      answer.rows.forEach((row, r) => {
        expect(row).toMatchObject({
          experiment: 'fixture',
          regime: rows[r]!.regime,
          seeds: [1, 2, 3],
          runs: [1, 2, 3].map((seed) => `${rows[r]!.regime}-${seed}`),
          backboneCost: 1000,
        })
        row.cells.forEach((cell, c) => {
          const expected = rows[r]!.cells[c]!
          if (!cell || !expected) return expect(cell).toBe(expected)
          expect(cell.budget).toBe(expected.budget)
          expect(cell.mean).toBeCloseTo(expected.mean, 10)
          expect(cell.std).toBeCloseTo(expected.std, 10)
          expect(cell.cost).toBeCloseTo(expected.macs, 8)
        })
      })
    },
  )

  it('reads each seed alone as well, as if it were the only one', () => {
    const [row] = budgetsOf(summaries, options).rows
    const alone = [1, 2, 3].map((seed) => {
      const run = summaries.find((each) => each.regime === 'disjoint' && each.seed === seed)!
      return budgetsOf([run], options).rows[0]!.cells
    })
    expect(row!.seedCells).toEqual(alone)
  })

  it('has no deviation with one seed', () => {
    expect(budgetsOf([summaries[0]!], options).rows[0]!.cells.at(-1)).toMatchObject({ std: null })
  })

  it('orders regimes as the paper does and seeds ascending, whatever the order of runs', () => {
    const backwards = budgetsOf(summaries.toReversed(), options)
    expect(backwards).toEqual(budgetsOf(summaries, options))
  })

  it('keeps experiments apart, in the order they come', () => {
    const other = summaries.map((run) => ({ ...run, experiment: 'another' }))
    const rows = budgetsOf([...other, ...summaries], options).rows
    expect(rows.map((row) => row.experiment)).toEqual(['another', 'another', 'fixture', 'fixture'])
  })

  it('refuses an empty list, mixed rules, one seed twice, and networks of different cost', () => {
    const [first, second] = summaries as [(typeof summaries)[0], (typeof summaries)[0]]
    expect(() => budgetsOf([], options)).toThrow(/no evaluated run/)
    expect(() => budgetsOf([first, { ...second, rule: 'entropy' }], options)).toThrow(/confidence and entropy/)
    expect(() => budgetsOf([first, first], options)).toThrow(/"fixture", disjoint, seed 1/)
    expect(() => budgetsOf([first, { ...second, backboneCost: 999 }], options)).toThrow(/different cost/)
  })
})

describe('the table of exits', () => {
  it('has cost, accuracy alone and overthinking of each exit, over seeds', () => {
    const rows = exitRows(mixed!)
    const seeds = fixture.runs.filter((run) => run.regime === 'mixed')
    expect(rows.map((row) => row.fraction)).toEqual([0.18, 0.4, 0.73, 1.02])
    rows.forEach((row, exit) => {
      const average = (key: 'exitAccuracies' | 'overthinking') =>
        seeds.reduce((sum, run) => sum + (100 * run[key][exit]!) / 3, 0)
      expect(row.value.mean).toBeCloseTo(average('exitAccuracies'), 10)
      expect(row.overthinking!.mean).toBeCloseTo(average('overthinking'), 10)
    })
  })
})

describe('the optimism gap', () => {
  it('is the value under the protocol of the paper minus that under validation thresholds', () => {
    const cells = (protocol: string) =>
      fixture.comparisons.find((c) => c.rule === 'confidence' && c.protocol === protocol && c.reading === 'averaged')!
        .rows[0]!.cells
    const gap = optimismGap(disjoint!, 0.25, 'averaged')!
    expect(gap.mean).toBeCloseTo(cells('paper')[1]!.mean - cells('validation')[1]!.mean, 10)
    expect(gap.std).toBeGreaterThan(0)
  })

  it('is null where no threshold fits the budget, and zero at Unlimited', () => {
    expect(optimismGap(disjoint!, 0.1, 'averaged')).toBeNull()
    expect(optimismGap(disjoint!, null, 'per-seed')).toEqual({ mean: 0, std: 0 })
  })
})

describe('marks of a comparison', () => {
  const asked = (question: Partial<Question>) =>
    compute(fixtureSources(), budgetsQuestion.parse({ budgets: [0.5], ...question }))

  it('are the differences to the series that is asked for, as the reading of differences has them', async () => {
    const { marks } = await asked({ marked: true, against: 'mixed' })
    expect(marks!.against).toBe('mixed')
    const { atBudgets } = differencesOf(summaries, { ...options, budgets: [0.5] })
    expect(marks!.atBudgets).toEqual(atBudgets)
  })

  it('hold no pairs of two other series, and are corrected for these all the same', async () => {
    const third = evaluatedRuns.filter(({ regime }) => regime === 'disjoint')
    const all = [
      ...evaluatedRuns,
      ...third.map((run) => ({ ...run, id: `third-${run.seed}`, regime: 'third', series: 'third' })),
    ]
    const { marks } = await compute(
      fixtureSources({ all }),
      budgetsQuestion.parse({ budgets: [0.5], marked: true, against: 'mixed' }),
    )
    const { pairs } = differencesOf(await summarised(all, 'confidence'), { ...options, budgets: [0.5] }).atBudgets[0]!
    expect(pairs).toHaveLength(3)
    expect(marks!.atBudgets[0]!.pairs).toEqual(
      pairs.filter(({ first, second }) => first === 'mixed' || second === 'mixed'),
    )
  })

  it('are against the best at each budget unless a series is named, and none unless asked for', async () => {
    const { marks } = await asked({ marked: true, budgets: [0.25, 0.5] })
    expect(marks!.against).toBeNull()
    const best = { ...options, budgets: [0.25, 0.5], against: 'best' }
    expect(marks!.atBudgets).toEqual(differencesOf(summaries, best).atBudgets)
    expect((await asked({ marked: true, against: 'gone' })).marks!.against).toBeNull()
    expect((await asked({})).marks).toBeUndefined()
  })
})
