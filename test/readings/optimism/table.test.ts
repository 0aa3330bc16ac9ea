import { describe, expect, it } from 'vitest'
import { longCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { table as optimismTable } from '../../../src/readings/optimism/table.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of optimism', () => {
  it('has the gap of each regime at each budget', () => {
    const row = { experiment: 'toy', seedCount: 2 }
    const rows = [
      { ...row, regime: 'joint' as const, series: 'joint', look: null, gaps: [{ mean: 0.312345, std: 0.1 }, null] },
    ]
    const table = optimismTable({ budgets: [0.5, null], rows, rule: 'entropy' })
    expect(table.name).toBe('toy-optimism')
    expect(lines(longCsv(table))).toEqual([
      'experiment,regime,rule,n,budget,mean,std',
      'toy,joint,entropy,2,0.5,0.3123,0.1',
      'toy,joint,entropy,2,unlimited,,',
    ])
    expect(bodyOf(latexTable(table))).toBe('    joint & 0.31 +- 0.10 & {\\textendash} \\\\\n')
  })
})
