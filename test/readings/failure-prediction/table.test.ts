import { describe, expect, it } from 'vitest'
import { longCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { figure } from '../../../src/readings/failure-prediction/figure.ts'
import type { SeriesFailures } from '../../../src/readings/failure-prediction/schema.ts'
import { table } from '../../../src/readings/failure-prediction/table.ts'

const found = (auroc: number) => ({
  auroc: { mean: auroc, std: 1 },
  aurc: { mean: 20, std: 2 },
  excessAurc: { mean: 5.125, std: null },
})
function series(name: string, aurocs: (number | null)[]): SeriesFailures {
  const exits = aurocs.map((auroc, exit) => ({
    exit,
    block: exit,
    cost: 100 * (exit + 1),
    fraction: (exit + 1) / 2,
    failurePrediction: auroc === null ? null : found(auroc),
  }))
  return { experiment: 'toy', regime: name, series: name, look: null, seeds: [1, 2], exits }
}
const answer = { rule: 'entropy', series: [series('joint', [71.5, null]), series('mixed', [73, 80])] }

describe('failure prediction of exits side by side', () => {
  const made = table(answer, { unit: 'macs' })

  it('has AUROC and excess AURC in files, and nothing where an exit has none', () => {
    expect(made.name).toBe('toy-failure-prediction')
    expect(longCsv(made).trimEnd().split('\n')).toEqual([
      'experiment,regime,seeds,n,exit,auroc,std,excess_aurc,excess_aurc_std,block,macs,fraction',
      'toy,joint,1 2,2,0,71.5,1,5.125,,0,100,0.5',
      'toy,joint,1 2,2,final,,,,,,,',
      'toy,mixed,1 2,2,0,73,1,5.125,,0,100,0.5',
      'toy,mixed,1 2,2,final,80,1,5.125,,1,200,1',
    ])
  })

  it('prints the highest AUROC of an exit in bold where there are several, and names the rule', () => {
    expect(made.caption).toContain('AUROC (%) of the score of the entropy rule')
    const latex = latexTable(made)
    expect(latex).toContain('    joint & 71.50 +- 1.00 & {\\textendash} \\\\\n')
    expect(latex).toContain('    mixed & \\bfseries 73.00 +- 1.00 & 80.00 +- 1.00 \\\\\n')
  })

  it('is drawn against the cost of each exit, without exits that have none', () => {
    const drawn = figure(answer)
    expect(drawn.sentence).toContain('joint 71.5; mixed 73.0, 80.0.')
    if (!('option' in drawn)) throw new Error('It is drawn by ECharts.')
    const { series: lines } = drawn.option({ width: 480, height: 320, theme: 'light' }) as {
      series: { name: string; type: string; data: unknown }[]
    }
    const dataOf = (name: string) => lines.find((line) => line.type === 'line' && line.name === name)!.data
    expect(dataOf('joint')).toEqual([[50, 71.5]])
    expect(dataOf('mixed')).toEqual([
      [50, 73],
      [100, 80],
    ])
  })
})
