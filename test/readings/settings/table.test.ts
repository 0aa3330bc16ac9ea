import { describe, expect, it } from 'vitest'
import { wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { table } from '../../../src/readings/settings/table.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of settings', () => {
  it('has a row for each run and a column for each setting in which they differ', () => {
    const found = table({
      runs: [
        { id: 'a1', name: 'one', experiment: 'toy', regime: 'joint', series: 'joint' },
        { id: 'b2', name: 'two', experiment: 'toy', regime: 'joint', series: 'joint' },
      ],
      settings: [
        { path: 'training.learningRate', values: [0.001, 0.01] },
        { path: 'data.mixing', values: [null, { mode: 'elem' }] },
        { path: 'regime', values: ['joint', 'mixed'] },
      ],
      same: 12,
    })
    expect(lines(wideCsv(found))).toEqual([
      'id,run,training.learningRate,data.mixing,regime',
      'a1,one,0.001,,joint',
      'b2,two,0.01,"{""mode"":""elem""}",mixed',
    ])
    expect(bodyOf(latexTable(found))).toContain("    two & 0.01 & \\{''mode'':''elem''\\} & mixed \\\\\n")
  })
})
