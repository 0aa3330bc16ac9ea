import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import type { BudgetRow, BudgetsAnswer } from '../../../src/readings/budgets/schema.ts'
import { table } from '../../../src/readings/budgets/table.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import type { Table } from '../../../src/shared/tables/table.ts'

const budgets = [0.25, 1, null]

function row(regime: PaperRegime, means: (number | null)[], experiment = 'a'): BudgetRow {
  const cells = means.map((mean, b) => (mean === null ? null : { budget: budgets[b]!, mean, std: 0.5, cost: 10 }))
  return {
    experiment,
    regime,
    series: regime,
    look: null,
    seeds: [1, 2, 3],
    runs: ['r1', 'r2', 'r3'],
    backboneCost: 100,
    seedCells: [1, 2, 3].map((seed) => cells.map((cell) => cell && { ...cell, mean: cell.mean + seed, std: null })),
    cells,
  }
}

const answer = (...rows: BudgetRow[]): BudgetsAnswer => ({ protocol: 'validation', rule: 'confidence', budgets, rows })
const shown = (of: BudgetsAnswer, view: Partial<Parameters<typeof table>[1]> = {}) =>
  table(of, { eachSeed: false, unit: 'macs', ...view })
const cellsOf = ({ blocks }: Table) => blocks.flatMap(({ rows }) => rows.map(({ cells }) => cells))
const boldOf = (made: Table) => made.blocks.map(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell?.printed.bold ?? null))) // prettier-ignore

describe('the table of budgets', () => {
  it('marks the best of each budget within an experiment, and those that look as good', () => {
    const rows = [row('joint', [50.001, 60, 70]), row('mixed', [50.004, 61, null]), row('mixed', [99, 99, 99], 'b')]
    expect(boldOf(shown(answer(...rows)))).toEqual([
      [
        [true, false, false],
        [true, true, null],
      ],
      [[false, false, false]],
    ])
  })

  it('marks the best among values on the same samples alone', () => {
    const imported = { format: 'csv', reading: 'exits', split: 'validation', sharesOnly: true } as const
    const { blocks } = shown(
      answer(row('joint', [50, 60, 70]), row('mixed', [51, 61, 71]), { ...row('disjoint', [90, 90, 90]), imported }),
    )
    expect(blocks.map(({ title, rows }) => [title, rows.map(({ cells }) => cells[0]!.printed.bold)])).toEqual([
      ['a, test samples', [false, true]],
      ['a, validation samples', [false]],
    ])
  })

  it('shows published values below measured ones at the same budget, with the gain', () => {
    const published = [{ mean: 40, std: 0.9, gain: 1.5 }, { mean: 61, std: null, gain: -1 }, null]
    const joint = { ...row('joint', [41.5, 60, 70]), published }
    const made = shown({
      ...answer(joint, row('mixed', [1, 2, 3])),
      published: { key: 'table-10', title: 'Table 10', fits: true },
    })
    expect(made.below).toBe('published')
    expect(made.legend).toEqual(['Published: Table 10.'])
    expect(cellsOf(made)[0]!.map((cell) => cell!.printed.below)).toEqual([
      { text: '40.00', spread: '0.90', gain: { text: '+1.50', tone: 'good' } },
      { text: '61.00', spread: null, gain: { text: '−1.00', tone: 'bad' } },
      undefined,
    ])
    expect(longCsv(made).split('\n').slice(0, 2)).toEqual([
      'experiment,regime,protocol,rule,seeds,n,budget,mean,std,macs,fraction,published,published_std',
      'a,joint,validation,confidence,1 2 3,3,0.25,41.5,0.5,10,0.1,40,0.9',
    ])
    expect(latexTable(made)).toContain('published & 40.00 +- 0.90 & 61.00 & {\\textendash}')
  })

  it('has a published value where no threshold fits the budget', () => {
    const joint = { ...row('joint', [null, 60, 70]), published: [{ mean: 40, std: null, gain: null }, null, null] }
    const made = shown({ ...answer(joint), published: { key: 'table-10', title: 'Table 10', fits: false } })
    expect(cellsOf(made)[0]![0]).toMatchObject({ printed: { text: '–', below: { text: '40.00', gain: null } } })
    expect(latexTable(made)).toMatch(/joint & \{\\textendash\} & 60.00/)
  })

  it('marks each series that differs from the one it is tested against, at the same budget of the same experiment', () => {
    const pair = { first: 'joint', second: 'mixed', low: -2, high: -1, p: 0.01, untested: null, pairCount: 3 } as const
    const atBudgets = [
      { budget: 1, pairs: [{ ...pair, experiment: 'a', difference: -1.5, adjustedP: 0.01 }] },
      { budget: null, pairs: [{ ...pair, experiment: 'b', difference: -1.5, adjustedP: 0.01 }] },
    ]
    const made = shown({
      ...answer(row('joint', [1, 2, 3]), row('mixed', [2, 3, 4])),
      marks: { against: 'joint', atBudgets },
    })
    expect(cellsOf(made).map((cells) => cells.map((cell) => cell!.printed.mark ?? null))).toEqual([
      [null, null, null],
      [null, '▲', null],
    ])
    expect(cellsOf(made)[1]![1]!.detail!.sentence).toContain('1.50 points above joint')
    expect(made.legend).toEqual([
      '▲ better, ▽ worse than joint, · neither: paired over seeds, p < 0.05 after Holm’s correction for all pairs of series at a budget.',
    ])
    expect(latexTable(made)).toContain('\\bfseries 3.00 +- 0.50{\\textsuperscript{$\\bigtriangleup$}}')
  })

  it('says why there is no mark', () => {
    const marks = { against: 'joint', atBudgets: [] }
    const alone = { ...row('joint', [1, 2, 3]), seeds: [1] }
    expect(shown({ ...answer(alone), marks }).notes![0]).toMatch(/^n = 1/)
    const apart = answer(row('joint', [1, 2, 3]), row('mixed', [1, 2, 3]))
    expect(shown({ ...apart, marks }).notes).toEqual(['No pair of series shares a seed, so nothing is tested.'])
  })

  it('has a row for each seed below that of its series where it is asked for, in files too', () => {
    const made = shown(answer(row('joint', [50, null, 70])), { eachSeed: true })
    const [series] = made.blocks[0]!.rows
    expect(series!.parts!.map(({ heads, cells }) => [heads[0], cells.map((cell) => cell?.printed.text)])).toEqual([
      ['seed 1', ['51.00', undefined, '71.00']],
      ['seed 2', ['52.00', undefined, '72.00']],
      ['seed 3', ['53.00', undefined, '73.00']],
    ])
    expect(wideCsv(made).split('\n').slice(0, 3)).toEqual([
      'experiment,regime,seeds,n,25%,25% std,100%,100% std,Unlimited,Unlimited std',
      'a,joint,1 2 3,3,50,0.5,,,70,0.5',
      'a,joint,1,1,51,,,,71,',
    ])
  })

  it('says what a cell costs, in the unit that is asked for', () => {
    const made = shown(answer(row('joint', [50, 60, 70])), { unit: 'flops' })
    expect(cellsOf(made)[0]![0]!.note).toBe('Mean cost 10.0 % of the backbone (20 FLOPs)')
    expect(made.caption).toContain('200\u00a0FLOPs')
  })
})
