import { describe, expect, it } from 'vitest'
import { wideCsv } from '../../../src/main/exports/csv.ts'
import { latexTable } from '../../../src/main/exports/latex.ts'
import { table } from '../../../src/readings/ledger/table.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of a ledger', () => {
  it('has each operation with its share of the backbone', () => {
    const found = table({
      run: 'toy-joint-s1',
      title: 'ResNet',
      backboneMacs: 4_000_000,
      ledger: [
        { module: 'stem.conv', operation: 'convolution', macs: 1_000_000, parameters: 36, exit: 0 },
        { module: 'stem', operation: 'relu', macs: 0, parameters: null, exit: 0 },
      ],
    })
    expect(found.name).toBe('toy-joint-s1-ledger')
    expect(lines(wideCsv(found)).slice(1)).toEqual(['stem.conv,convolution,0,1000000,25,36', 'stem,relu,0,0,0,'])
    expect(bodyOf(latexTable(found))).toContain('stem.conv & convolution & 0 & 1000000 & 25.00 & 36 \\\\')
    expect(found.caption).toContain('4.00\u00a0M')
  })
})
