import { describe, expect, it } from 'vitest'
import { budgetTable, defaultReference } from '../../../../../src/renderer/components/compare/budgets/budget-table.ts'
import {
  chosenOverlay,
  publishedOverlays,
  publishedPoints,
} from '../../../../../src/renderer/components/compare/budgets/published-overlay.ts'
import type { Comparison } from '../../../../../src/shared/evaluation.ts'
import type { PaperRegime } from '../../../../../src/shared/phase.ts'
import type { PublishedTable } from '../../../../../src/shared/published.ts'

const budgets = [0.25, 1, null]

function row(regime: PaperRegime, means: (number | null)[], experiment = 'a'): Comparison['rows'][number] {
  const cells = means.map((mean, b) => (mean === null ? null : { budget: budgets[b]!, mean, std: 0.5, cost: 10 }))
  return {
    experiment,
    regime,
    series: regime,
    look: null,
    seeds: [1, 2, 3],
    runs: ['r1', 'r2', 'r3'],
    backboneCost: 100,
    seedCells: [],
    cells,
  }
}

const comparison = (...rows: Comparison['rows']): Comparison => ({
  protocol: 'validation',
  rule: 'confidence',
  budgets,
  rows,
})

const nothing = { differences: null, overlay: null, reference: null }

const table: PublishedTable = {
  id: 'table-10',
  title: 'Table 10',
  network: 'ViT-T',
  data: 'CIFAR-100',
  method: 'SDN',
  budgets: [0.25, 0.5, 1],
  rows: [{ regime: 'joint', variant: null, cells: [{ mean: 40, std: 0.9 }, { mean: 60, std: 1 }, null] }],
}
const [overlay] = publishedOverlays({ tables: [table], fitting: {} }, {})
/** For the settings of all rows. */
const [fitting] = publishedOverlays({ tables: [table], fitting: { 'table-10': { r1: null } } }, {})

describe('the budget table', () => {
  it('marks best of each budget within an experiment, and those that look as good', () => {
    const groups = budgetTable(
      comparison(row('joint', [50.001, 60, 70]), row('mixed', [50.004, 61, null]), row('mixed', [99, 99, 99], 'b')),
      nothing,
    )
    const best = groups.map(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell.best)))
    expect(best).toEqual([
      [
        [true, false, false],
        [true, true, false],
      ],
      [[false, false, false]],
    ])
  })

  it('has an empty cell where no threshold fits the budget', () => {
    const [group] = budgetTable(comparison(row('joint', [null, 60, 70])), { ...nothing, overlay: overlay! })
    expect(group!.rows[0]!.cells[0]).toMatchObject({ measured: null, published: { mean: 40 }, delta: null })
  })

  it('shows published values beside measured ones at the same budget, with the difference', () => {
    const [group] = budgetTable(comparison(row('joint', [41.5, 60, 70]), row('mixed', [1, 2, 3])), {
      ...nothing,
      overlay: fitting!,
    })
    const [joint, mixed] = group!.rows
    expect(joint!.cells.map(({ delta }) => delta)).toEqual([1.5, null, null])
    expect(mixed!.cells.every(({ published }) => published === null)).toBe(true)
  })

  it('has published values of other data or networks without a difference', () => {
    const [group] = budgetTable(comparison(row('joint', [68, 60, 70])), { ...nothing, overlay: overlay! })
    expect(group!.rows[0]!.cells[0]).toMatchObject({ published: { mean: 40 }, delta: null })
  })

  it('marks the best among values on the same samples alone', () => {
    const imported = { format: 'csv', reading: 'exits', split: 'validation', sharesOnly: true } as const
    const rows = [
      row('joint', [50, 60, 70]),
      row('mixed', [51, 61, 71]),
      { ...row('disjoint', [90, 90, 90]), imported },
    ]
    const groups = budgetTable(comparison(...rows), nothing)
    expect(groups.map(({ title, rows }) => [title, rows.map(({ cells }) => cells[0]!.best)])).toEqual([
      ['a, test samples', [false, true]],
      ['a, validation samples', [false]],
    ])
  })

  it('gives the difference of each regime to the reference, of the same experiment and budget', () => {
    const pairs = { first: 'joint', second: 'mixed', low: -2, high: -1, p: 0.01, untested: null, pairCount: 3 } as const
    const atBudgets = [
      { budget: 1, pairs: [{ ...pairs, experiment: 'a', difference: -1.5, adjustedP: 0.01 }] },
      { budget: null, pairs: [{ ...pairs, experiment: 'b', difference: -1.5, adjustedP: 0.01 }] },
    ]
    const differences = { protocol: 'validation', rule: 'confidence', atBudgets } as const
    const rows = [row('joint', [1, 2, 3]), row('mixed', [2, 3, 4])]
    const [group] = budgetTable(comparison(...rows), { ...nothing, differences, reference: 'joint' })
    expect(group!.rows[1]!.cells.map(({ pair }) => pair?.mark ?? null)).toEqual([null, 'better', null])
    expect(group!.rows[0]!.cells.map(({ pair }) => pair)).toEqual([null, null, null])
    expect(group!.rows.map(({ isReference }) => isReference)).toEqual([true, false])
  })

  it('tests against joint, or the first regime where joint is missing', () => {
    expect(defaultReference(comparison(row('disjoint', [1, 2, 3]), row('joint', [1, 2, 3])))).toBe('joint')
    expect(defaultReference(comparison(row('disjoint', [1, 2, 3])))).toBe('disjoint')
    expect(defaultReference(comparison())).toBeNull()
  })
})

describe('published overlays', () => {
  const joint = table.rows[0]!
  const variants: PublishedTable = {
    ...table,
    id: 'table-19',
    title: 'Table 19',
    rows: ['GE', 'Inc'].map((variant, i) => ({ ...joint, variant, cells: [{ mean: 50 + i, std: null }] })),
  }
  const overlays = publishedOverlays({ tables: [table, variants], fitting: {} }, {})

  it('are one for each variant of a table', () => {
    expect(overlays.map(({ key, title }) => [key, title])).toEqual([
      ['table-10', 'Table 10'],
      ['table-19/GE', 'Table 19, GE'],
      ['table-19/Inc', 'Table 19, Inc'],
    ])
    const [group] = budgetTable(comparison(row('joint', [60, 2, 3])), { ...nothing, overlay: overlays[2]! })
    expect(group!.rows[0]!.cells[0]!.published!.mean).toBe(51)
  })

  it('are the one chosen, else the one that fits, and none when switched off', () => {
    const chosen = (choice: string | null, matching: string | null) =>
      chosenOverlay(overlays, { choice, matching })?.key ?? null
    expect(chosen('table-19/Inc', 'table-10')).toBe('table-19/Inc')
    expect(chosen(null, 'table-10')).toBe('table-10')
    expect(chosen('off', 'table-10')).toBeNull()
    expect(chosen(null, null)).toBeNull()
  })

  it('stand beside the series whose settings are those of their table, though another is the first of its regime', () => {
    const series = (name: string, look: number | null, runs: string[]) => ({
      ...row('joint', [60, 70, 80]),
      series: name,
      look,
      runs,
    })
    const [sdn] = publishedOverlays({ tables: [table], fitting: { 'table-10': { p1: null, p2: null } } }, {})
    const rows = [series('joint · head conv', null, ['c1', 'c2']), series('joint · head pooled', 0, ['p1', 'p2'])]
    const [group] = budgetTable(comparison(...rows), { ...nothing, overlay: sdn! })
    expect(group!.rows.map(({ cells }) => cells[0]!.published?.mean ?? null)).toEqual([null, 40])
    const curve = { experiment: 'a', seedCount: 2, curve: [], seeds: [], exits: [] }
    const data = {
      series: rows.map((each) => ({ ...each, ...curve, name: each.series })),
      axis: 'share' as const,
      backbones: [],
      backboneCost: null,
      budgets: [],
      note: '',
    }
    expect(publishedPoints(data, sdn!).map((point) => [point.series, point.value])).toEqual([
      ['joint · head pooled', 40],
      ['joint · head pooled', 60],
    ])
    expect(publishedPoints(data, overlay!)).toEqual([])
  })

  it('of a table with variants stand beside the series of each variant, as the overlay of the whole table', () => {
    const found = publishedOverlays({ tables: [variants], fitting: { 'table-19': { i1: 'Inc', g1: 'GE' } } }, {})
    expect(found.map(({ key }) => key)).toEqual(['table-19', 'table-19/GE', 'table-19/Inc'])
    expect(chosenOverlay(found, { choice: null, matching: 'table-19' })).toBe(found[0])
    const series = (name: string, look: number | null, runs: string[]) => ({
      ...row('joint', [60, 70, 80]),
      series: name,
      look,
      runs,
    })
    const rows = [series('plain', null, ['u1']), series('equilibrium', 0, ['g1']), series('increasing', 1, ['i1'])]
    const valuesOf = (overlay: (typeof found)[number]) => {
      const [group] = budgetTable(comparison(...rows), { ...nothing, overlay })
      return group!.rows.map(({ cells }) => cells[0]!.published?.mean ?? null)
    }
    expect(valuesOf(found[0]!)).toEqual([null, 50, 51])
    expect(valuesOf(found[2]!)).toEqual([null, null, 51])
  })

  it('lie in the figure at the budgets they have, over the regime of every experiment', () => {
    const series = {
      regime: 'joint' as const,
      series: 'joint',
      look: null,
      backboneCost: 100,
      runs: ['r1', 'r2', 'r3'],
      seedCount: 3,
      curve: [],
      seeds: [],
      exits: [],
    }
    const data = {
      series: [
        { ...series, experiment: 'a', name: 'joint, a' },
        { ...series, experiment: 'b', name: 'joint, b' },
      ],
      axis: 'share' as const,
      backbones: [],
      backboneCost: null,
      budgets: [],
      note: '',
    }
    expect(publishedPoints(data, fitting!).map(({ series: name, cost }) => [name, cost])).toEqual([
      ['joint, a', 0.25],
      ['joint, a', 0.5],
      ['joint, b', 0.25],
      ['joint, b', 0.5],
    ])
  })
})
