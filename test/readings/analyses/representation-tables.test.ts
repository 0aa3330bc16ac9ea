import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { representationTable } from '../../../src/readings/analyses/block-table.ts'
import { spectrumTable } from '../../../src/readings/analyses/numerical-rank/table.ts'
import type { BlockLinesData } from '../../../src/figures/block-lines-data.ts'
import type { SpectrumData } from '../../../src/readings/analyses/numerical-rank/figure/spectrum-lines.ts'

const lines = (text: string) => text.trimEnd().split('\n')

const rank: BlockLinesData = {
  title: 'Numerical rank (directions)',
  subject: 'Numerical rank',
  decimals: 1,
  fromZero: true,
  blockCount: 2,
  exits: [1, 1],
  lines: [
    {
      regime: 'mixed',
      series: 'mixed',
      look: null,
      seeds: [1, 2],
      points: [
        { block: 0, mean: 24.123456, std: 2 },
        { block: 1, mean: 9, std: 0.5 },
      ],
    },
    { regime: 'disjoint', series: 'disjoint', look: null, seeds: [1], points: [{ block: 0, mean: 20, std: null }] },
  ],
  limit: null,
  note: '',
}
const label = { ...rank, decimals: 2, lines: rank.lines.slice(0, 1) }

describe('the table of representations', () => {
  const table = representationTable(
    ['toy'],
    [
      { name: 'numerical rank', data: rank, reading: ['eigenvalues', '200 test images'] },
      { name: 'I(Z;Y) (nats)', data: label, reading: ['noise σ = 0.5'] },
    ],
  )

  it('has each quantity at each block, a column for each regime in their usual order', () => {
    expect(table.name).toBe('toy-representations')
    expect(lines(wideCsv(table))).toEqual([
      'quantity,block,exit,disjoint,disjoint std,mixed,mixed std',
      'numerical rank,0,,20,,24.12346,2',
      'numerical rank,1,0 final,,,9,0.5',
      'I(Z;Y) (nats),0,,,,24.123456,2',
      'I(Z;Y) (nats),1,0 final,,,9,0.5',
    ])
    expect(lines(longCsv(table)).slice(0, 3)).toEqual([
      'quantity,block,exit,regime,mean,std,n,seeds',
      'numerical rank,0,,disjoint,20,,1,1',
      'numerical rank,0,,mixed,24.12346,2,2,1 2',
    ])
  })

  it('marks no value as the best, as a higher rank or information is not better', () => {
    const latex = latexTable(table)
    expect(latex).toContain('    0 & \\textendash{} & 20.0 & 24.1 +- 2.0 \\\\')
    expect(latex).toContain('\\emph{I(Z;Y) (nats)}')
    expect(latex).not.toContain('bfseries')
    expect(table.caption).toContain('numerical rank: eigenvalues, 200 test images. I(Z;Y) (nats): noise σ = 0.5.')
  })
})

describe('the table of a spectrum', () => {
  const line = (places: number[]) => places.map((index) => ({ index, mean: -index, std: null }))
  const data: SpectrumData = {
    block: 3,
    values: 'eigenvalue',
    lines: [
      {
        regime: 'joint',
        series: 'joint',
        look: null,
        seeds: [1],
        points: line([1, 2]),
        rank: { mean: 2, std: null },
      },
      {
        regime: 'mixed',
        series: 'mixed',
        look: null,
        seeds: [1],
        points: line([1, 4]),
        rank: { mean: 2, std: null },
      },
    ],
    tolerance: 1e-3,
    note: '',
  }

  it('has each place of each regime, as powers of ten', () => {
    const table = spectrumTable(['toy'], data, ['200 test images'])
    expect(table.name).toBe('toy-spectrum-block-3')
    expect(lines(wideCsv(table))).toEqual([
      'place,joint log10,joint log10 std,mixed log10,mixed log10 std',
      '1,-1,,-1,',
      '2,-2,,,',
      '4,,,-4,',
    ])
    expect(lines(longCsv(table))[1]).toBe('3,1,joint,-1,,1,1')
  })
})
