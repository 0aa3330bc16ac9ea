import { describe, expect, it } from 'vitest'
import { wideCsv } from '../../src/main/exports/csv.ts'
import { latexTable } from '../../src/main/exports/latex.ts'
import { epochTable } from '../../src/main/exports/tables/epochs.ts'
import { ledgerTable } from '../../src/main/exports/tables/ledger.ts'
import { settingTable } from '../../src/main/exports/tables/settings.ts'
import type { ExitId } from '../../src/shared/exit-id.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of settings', () => {
  it('has a row for each run and a column for each setting in which they differ', () => {
    const table = settingTable({
      runs: [
        { id: 'a1', name: 'one', experiment: 'toy' },
        { id: 'b2', name: 'two', experiment: 'toy' },
      ],
      settings: [
        { path: 'training.learningRate', values: [0.001, 0.01] },
        { path: 'data.mixing', values: [null, { mode: 'elem' }] },
        { path: 'regime', values: ['joint', 'mixed'] },
      ],
      same: 12,
    })
    expect(lines(wideCsv(table))).toEqual([
      'id,run,training.learningRate,data.mixing,regime',
      'a1,one,0.001,,joint',
      'b2,two,0.01,"{""mode"":""elem""}",mixed',
    ])
    expect(bodyOf(latexTable(table))).toContain("    two & 0.01 & \\{''mode'':''elem''\\} & mixed \\\\\n")
  })
})

describe('the table of a ledger', () => {
  it('has each operation with its share of the backbone', () => {
    const drawing = {
      title: 'ResNet',
      head: 'pooled',
      input: '',
      nodes: [],
      edges: [],
      backboneMacs: 4_000_000,
      parameters: 0,
    }
    const table = ledgerTable(
      {
        ...drawing,
        ledger: [
          { module: 'stem.conv', operation: 'convolution', macs: 1_000_000, parameters: 36, exit: 0 },
          { module: 'stem', operation: 'relu', macs: 0, parameters: null, exit: 0 },
        ],
      },
      'toy-joint-s1',
    )
    expect(table.name).toBe('toy-joint-s1-ledger')
    expect(lines(wideCsv(table)).slice(1)).toEqual(['stem.conv,convolution,0,1000000,25,36', 'stem,relu,0,0,0,'])
    expect(bodyOf(latexTable(table))).toContain('stem.conv & convolution & 0 & 1000000 & 25.00 & 36 \\\\')
    expect(table.caption).toContain('4.00\u00a0M')
  })
})

describe('the table of epochs', () => {
  const record = {
    epoch: 1,
    learningRate: 0.001,
    imagesPerSecond: 500,
    seconds: 2,
    peakMemoryBytes: 1e9,
    improved: true,
    epochsWithoutImprovement: 0,
  }
  const metric = (exit: ExitId, accuracy: number) => ({
    epoch: 1,
    exit,
    split: 'validation' as const,
    values: { loss: 2, accuracy },
  })
  const table = epochTable({
    run: 'toy-mixed-s1',
    exitCount: 2,
    phases: [
      { phase: { name: 'backbone' }, records: [record], metrics: [metric('final', 0.5)] },
      {
        phase: { name: 'all exits' },
        records: [record],
        metrics: [metric(0, 0.6), metric('final', 0.7)],
      },
    ],
  })

  it('counts the classifier of the bare backbone as the final exit', () => {
    const [header, backbone, whole] = lines(wideCsv(table))
    expect(header).toMatch(/^phase,epoch,"validation accuracy, exit 0 \(%\)","validation accuracy, final \(%\)"/)
    expect(backbone).toMatch(/^backbone,1,,50,/)
    expect(whole).toMatch(/^all exits,1,60,70,/)
    expect(whole).toMatch(/,0\.001,500,2,1000000000$/)
  })

  it('prints the accuracies on validation images', () => {
    expect(bodyOf(latexTable(table))).toContain('    1 & 60.00 & 70.00 \\\\\n')
  })
})
