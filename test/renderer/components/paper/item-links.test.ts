import { describe, expect, it } from 'vitest'
import { analysesOf, comparisonOf, runsOf } from '../../../../src/renderer/components/paper/detail/item-links.ts'
import { paperExperiment, paperItem, paperTable } from '../../support/paper.ts'

const experiments = [
  paperExperiment({ file: 'vit', name: 'ViT-T, CIFAR-100', id: 'e1' }),
  paperExperiment({ file: 'bert', name: 'BERT', id: null }),
]

describe('links of a table', () => {
  it('lead to the comparison of its own experiments, with its rule, budgets, published values and the paper’s protocol', () => {
    const table = paperTable({
      id: 'table-3a',
      rule: 'patience',
      budgets: [0.35, null],
      experiments: ['ViT-T, CIFAR-100', 'an older one'],
    })
    expect(comparisonOf({ item: paperItem({ id: 'table-3' }), experiments }, table)).toEqual({
      name: 'compare',
      query: {
        runs: 'e1,an older one',
        thresholds: 'test',
        rule: 'patience',
        published: 'table-3a',
        budgets: '35,unlimited',
      },
    })
  })

  it('are absent before an experiment was started', () => {
    const item = paperItem({ id: 'figure-7' })
    expect(comparisonOf({ item, experiments: [experiments[1]!] })).toBeNull()
    expect(runsOf(experiments[1]!)).toBeNull()
    expect(runsOf(experiments[0]!)).toEqual({ name: 'runs', query: { q: 'experiment:=e1' } })
  })
})

describe('links of a figure', () => {
  it('lead to the comparison of its own experiment, without the one that its weights come from', () => {
    const [pretraining] = experiments
    const own = paperExperiment({ file: 'vit-b', id: 'e2' })
    expect(comparisonOf({ item: paperItem({ id: 'figure-16' }), experiments: [pretraining!, own] })).toEqual({
      name: 'compare',
      query: { runs: 'e2', thresholds: 'test' },
    })
  })

  const figure = (kind: string) => paperItem({ id: 'figure-3', analyses: { kind, all: 3, done: 0 } })

  it('lead to the screen of its analyses', () => {
    const screens = ['mode-connectivity', 'loss-landscape', 'numerical-rank', 'mutual-information'].map((kind) =>
      analysesOf({ item: figure(kind), experiments }, () => null),
    )
    expect(screens).toEqual(
      ['connectivity', 'landscape', 'representations', 'representations'].map((name) => ({
        name,
        query: { experiment: 'e1' },
      })),
    )
  })

  it('lead to the page of a run where that shows the analysis', () => {
    const item = figure('gradient-dominance')
    expect(analysesOf({ item, experiments }, () => 'r1')).toEqual({ name: 'run', params: { run: 'r1' } })
    expect(analysesOf({ item, experiments }, () => null)).toBeNull()
    expect(analysesOf({ item: paperItem({ id: 'figure-1' }), experiments }, () => 'r1')).toBeNull()
  })
})
