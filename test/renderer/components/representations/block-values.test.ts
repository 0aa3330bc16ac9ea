import { describe, expect, it } from 'vitest'
import { representationTable } from '../../../../src/readings/analyses/block-table.ts'
import { printedTable } from '../../../support/printed-table.ts'
import { blockText } from '../../../../src/renderer/components/representations/block-tooltip.ts'
import { distinctCaveats } from '../../../../src/renderer/components/representations/distinct-caveats.ts'
import { spectrumTable } from '../../../../src/readings/analyses/numerical-rank/table.ts'
import type { SpectrumData } from '../../../../src/readings/analyses/numerical-rank/figure/spectrum-lines.ts'
import type { BlockLinesData } from '../../../../src/figures/block-lines-data.ts'

const data: BlockLinesData = {
  title: 'I(X;Z), nats',
  subject: 'Mutual information',
  decimals: 2,
  fromZero: false,
  blockCount: 3,
  exits: [1, 2, 2],
  lines: [
    { regime: 'joint', series: 'joint', look: null, seeds: [1, 2, 3], points: [{ block: 1, mean: 5.123, std: 0.2 }] },
    { regime: 'mixed', series: 'mixed', look: null, seeds: [1], points: [{ block: 1, mean: 4, std: null }] },
  ],
  limit: null,
  note: '',
}

describe('the description of a block', () => {
  it('names the exits that read it, and the value of each regime there', () => {
    expect(blockText(data, 1)).toBe('block 1, read by exit 0\njoint  5.12 ± 0.20\nmixed  4.00')
    expect(blockText(data, 2)).toBe('block 2, read by exit 1 and the final exit\njoint  –\nmixed  –')
    expect(blockText(data, 0)).toMatch(/^block 0\n/)
  })

  it('is a table with a row for each block', () => {
    const table = representationTable([], [{ name: 'I(X;Z)', data, reading: [] }])
    expect(table.caption).toMatch(/seeds?\.$/)
    expect(printedTable(table)).toEqual([
      ['Block', 'Exit', 'joint', 'mixed'],
      ['0', '–', '–', '–'],
      ['1', '0', '5.12 ± 0.20', '4.00'],
      ['2', '1, final', '–', '–'],
    ])
  })
})

describe('a spectrum as a table', () => {
  it('has every place of any regime', () => {
    const points = (places: number[]) => places.map((index) => ({ index, mean: -index, std: null }))
    const spectrum: SpectrumData = {
      block: 0,
      values: 'eigenvalue',
      tolerance: 1e-3,
      note: '',
      lines: [
        {
          regime: 'joint',
          series: 'joint',
          look: null,
          seeds: [1],
          points: points([1, 3]),
          rank: { mean: 2, std: null },
        },
        {
          regime: 'mixed',
          series: 'mixed',
          look: null,
          seeds: [1],
          points: points([1, 2]),
          rank: { mean: 2, std: null },
        },
      ],
    }
    const table = spectrumTable([], spectrum, [])
    expect(table.caption).toMatch(/1 seed\.$/)
    expect(printedTable(table)).toEqual([
      ['Place', 'joint', 'mixed'],
      ['1', '-1.00', '-1.00'],
      ['2', '–', '-2.00'],
      ['3', '-3.00', '–'],
    ])
  })
})

describe('caveats of results', () => {
  it('are stated once, with their largest numbers', () => {
    const caveats = (...texts: string[]) => ({ caveats: texts })
    expect(
      distinctCaveats([
        caveats('9 of 12 blocks reach the ceiling.', 'A subset.'),
        caveats('10 of 12 blocks reach the ceiling.'),
        caveats('A subset.'),
      ]),
    ).toEqual(['10 of 12 blocks reach the ceiling.', 'A subset.'])
  })
})
