import { describe, expect, it } from 'vitest'
import { comparisonCaveats } from '../../../../src/renderer/composables/compare/caveats.ts'
import { importedResult } from '../../components/compare/runs.ts'
import type { BudgetsAnswer } from '../../../../src/readings/budgets/schema.ts'

const runs = { done: [], waiting: [], imports: [], unknown: [] }

function comparison(...rows: [experiment: string, seeds: number[], backboneCost: number][]): BudgetsAnswer {
  return {
    protocol: 'validation',
    rule: 'confidence',
    budgets: [1],
    rows: rows.map(([experiment, seeds, backboneCost]) => ({
      experiment,
      regime: 'joint',
      series: 'joint',
      look: null,
      seeds,
      runs: [],
      backboneCost,
      cells: [null],
      seedCells: seeds.map(() => [null]),
    })),
  }
}

const alone = comparison(['a', [1], 100])

describe('caveats of a comparison', () => {
  it('are absent where networks and seeds are alike', () => {
    expect(
      comparisonCaveats(runs, comparison(['a', [1, 2], 100], ['a', [1, 2], 100], ['b', [1], 100]), 'share'),
    ).toEqual([])
  })

  it('name what was not found', () => {
    const [caveat] = comparisonCaveats({ ...runs, unknown: ['gone', 'lost'] }, comparison(['a', [1], 100]), 'share')
    expect(caveat).toContain('gone or lost')
  })

  it('say that networks differ in cost', () => {
    const [caveat] = comparisonCaveats(runs, comparison(['a', [1], 100], ['b', [1], 200]), 'share')
    expect(caveat).toContain('networks of different cost')
    expect(caveat).toContain('set “Cost in” to multiply-adds')
    const [absolute] = comparisonCaveats(runs, comparison(['a', [1], 100], ['b', [1], 200]), 'multiply-adds')
    expect(absolute).toContain('compare networks in the figure')
  })

  it('say that seeds are missing', () => {
    const [caveat] = comparisonCaveats(runs, comparison(['a', [1, 2, 3], 100], ['a', [1, 2], 100]), 'share')
    expect(caveat).toContain('different seeds')
  })
})

describe('caveats of published values', () => {
  it('are none where they are of what is compared, or not shown', () => {
    expect(comparisonCaveats(runs, { ...alone, published: { key: 'a', title: 'A', fits: true } }, 'share')).toEqual([])
    expect(comparisonCaveats(runs, alone, 'share')).toEqual([])
  })

  it('say that another network or other data was measured', () => {
    const [caveat] = comparisonCaveats(runs, { ...alone, published: { key: 'a', title: 'A', fits: false } }, 'share')
    expect(caveat).toContain('compare the ranking of regimes, not the values')
  })
})

describe('imported series', () => {
  const [row] = comparison(['sdn', [1], 100]).rows
  const mark = { format: 'csv', reading: 'exits', split: null, sharesOnly: true } as const
  const imported = { ...row!, series: 'sdn (imported)', regime: null, backboneCost: null, imported: mark }
  const withRuns = { ...comparison(['a', [1, 2], 100]), rows: [...comparison(['a', [1, 2], 100]).rows, imported] }

  it('are reported as of another program, and cause no other caveats', () => {
    expect(comparisonCaveats(runs, withRuns, 'share')).toEqual([
      'Imported, not trained or evaluated by Exitlab: sdn (CSV; no curves: budgets read from single exits).',
    ])
  })

  it('are left out of latencies', () => {
    const compared = { ...runs, imports: [importedResult()] }
    const [caveat] = comparisonCaveats(compared, { ...comparison(['a', [1], 100]), latency: 'CPU' }, 'share')
    expect(caveat).toContain('no latencies')
  })
})
