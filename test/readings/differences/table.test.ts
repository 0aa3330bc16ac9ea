import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import type { DifferencesAnswer } from '../../../src/readings/differences/schema.ts'
import { table } from '../../../src/readings/differences/table.ts'
import { captionOf } from '../../../src/shared/tables/table.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of differences', () => {
  const pair = { experiment: 'toy', p: 0.0123456789, untested: null, pairCount: 3 }
  const none = { low: null, high: null, p: null, adjustedP: null }
  const atBudgets: DifferencesAnswer['atBudgets'] = [
    {
      budget: 0.25,
      pairs: [{ ...pair, first: 'joint', second: 'mixed', difference: -1.2, low: -2, high: -0.4, adjustedP: 0.04 }],
    },
    {
      budget: null,
      pairs: [
        { ...pair, first: 'disjoint', second: 'joint', difference: 0.5, low: -1, high: 2, adjustedP: 0.6 },
        { ...pair, ...none, first: 'joint', second: 'mixed', difference: -0.001, untested: 'equal-differences' },
        { ...pair, ...none, first: 'disjoint', second: 'mixed', difference: 1, untested: 'few-seeds', pairCount: 2 },
      ],
    },
  ]
  const answer = { protocol: 'validation' as const, rule: 'confidence', atBudgets }
  const made = table(answer)

  it('has each pair once in the order of the regimes, with interval and p', () => {
    expect(lines(longCsv(made))).toEqual([
      'experiment,first,second,protocol,rule,budget,difference,low,high,p,adjusted_p,pairs,untested',
      'toy,disjoint,joint,validation,confidence,0.25,,,,,,,',
      'toy,disjoint,joint,validation,confidence,unlimited,0.5,-1,2,0.012346,0.6,3,',
      'toy,joint,mixed,validation,confidence,0.25,-1.2,-2,-0.4,0.012346,0.04,3,',
      'toy,joint,mixed,validation,confidence,unlimited,-0.001,,,,,3,equal-differences',
      'toy,disjoint,mixed,validation,confidence,0.25,,,,,,,',
      'toy,disjoint,mixed,validation,confidence,unlimited,1,,,,,2,few-seeds',
    ])
    expect(lines(wideCsv(made))[0]).toContain('second,25%,25% low,25% high,25% p,25% adjusted p,25% pairs,Unlimited')
  })

  it('prints half of the interval as ±, what is significant bold, and no minus before a zero', () => {
    expect(bodyOf(latexTable(made))).toBe(
      '    disjoint $-$ joint & {\\textendash} & 0.50 +- 1.50 \\\\\n' +
        '    joint $-$ mixed & \\bfseries -1.20 +- 0.80 & 0.00{\\textsuperscript{\\S{}}} \\\\\n' +
        '    disjoint $-$ mixed & {\\textendash} & 1.00{\\textsuperscript{$\\ddagger$}} \\\\\n',
    )
    expect(made.emphasis).toContain('p < 0.05 after Holm’s correction')
  })

  it('names a series that all pairs are with once, above them', () => {
    const [, unlimited] = atBudgets
    const pairs = unlimited!.pairs.filter(({ second }) => second === 'mixed')
    const to = table({ ...answer, atBudgets: [{ budget: null, pairs }] })
    expect(to.heads[0]!.title).toBe('Difference to mixed')
    expect(to.blocks[0]!.rows.map(({ heads }) => heads)).toEqual([['joint'], ['disjoint']])
    expect(
      lines(longCsv(to))
        .slice(1)
        .map((line) => line.split(',').slice(1, 3).join(' − ')),
    ).toEqual(['joint − mixed', 'disjoint − mixed'])
    const single = table({ ...answer, atBudgets: atBudgets.slice(0, 1) })
    expect(single.blocks[0]!.rows.map(({ heads }) => heads)).toEqual([['joint − mixed']])
  })

  it('says behind its caption why differences are not tested', () => {
    expect(captionOf(made)).toContain(
      '‡\u00a0Not tested: fewer than 3 seeds are paired. §\u00a0Not tested: the difference is the same at every seed.',
    )
    expect(captionOf(table({ ...answer, atBudgets: atBudgets.slice(0, 1) }))).not.toContain('Not tested')
  })

  it('has what a screen shows beside a value: its sign, interval, p, and all in words', () => {
    const [first, second] = made.blocks[0]!.rows
    expect(first!.cells[1]!.detail).toEqual({
      sentence: '0.50 points above joint, 95 % interval −1.00 … +2.00, corrected p = 0.600 over 3 seeds',
      sign: '·',
      interval: [-1, 2],
      texts: ['−1.00 … +2.00', '0.600'],
    })
    expect(second!.cells.map((cell) => cell!.detail!.sign)).toEqual(['▽', null])
    expect(made.details).toEqual(['95 % interval in points', 'p (Holm)'])
  })

  it('is refused without a pair', () => {
    expect(() => table({ ...answer, atBudgets: [{ budget: 0.5, pairs: [] }] })).toThrow(/no difference to show/)
  })
})
