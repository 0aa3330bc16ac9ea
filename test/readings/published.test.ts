import { describe, expect, it, test } from 'vitest'
import {
  chosenOverlay,
  fitsSeries,
  fullestOverlay,
  publishedOverlays,
  publishedValue,
} from '../../src/readings/published.ts'
import type { PublishedTable } from '../../src/shared/runs/published.ts'
import type { OfTask } from '../../src/shared/methods/task.ts'

const table: PublishedTable = {
  id: 'table-10',
  title: 'Table 10',
  network: 'ViT-T',
  data: 'CIFAR-100',
  method: 'SDN',
  budgets: [0.25, 0.5, 1],
  rows: [{ regime: 'joint', variant: null, cells: [{ mean: 40, std: 0.9 }, { mean: 60, std: 1 }, null] }],
}
/** For the settings of all rows. */
const [fitting] = publishedOverlays({ tables: [table], fitting: { 'table-10': { r1: null } } }, {})

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
    expect(publishedValue(overlays[2]!, { regime: 'joint', look: null, runs: ['r1'] }, 0.25)!.mean).toBe(51)
  })

  it('are the one chosen, else the one that fits', () => {
    const chosen = (choice: string, matching: string | null) =>
      chosenOverlay(overlays, { choice, matching })?.key ?? null
    expect(chosen('table-19/Inc', 'table-10')).toBe('table-19/Inc')
    expect(chosen('fitting', 'table-10')).toBe('table-10')
    expect(chosen('fitting', null)).toBeNull()
  })

  it('stand beside the series whose settings are those of their table, though another is the first of its regime', () => {
    const series = (name: string, look: number | null, runs: string[]) => ({
      experiment: 'a',
      regime: 'joint',
      backboneCost: 100,
      series: name,
      look,
      runs,
    })
    const [sdn] = publishedOverlays({ tables: [table], fitting: { 'table-10': { p1: null, p2: null } } }, {})
    const rows = [series('joint · head conv', null, ['c1', 'c2']), series('joint · head pooled', 0, ['p1', 'p2'])]
    expect(rows.map((each) => publishedValue(sdn!, each, 0.25)?.mean ?? null)).toEqual([null, 40])
  })

  it('are neither subtracted from values on validation samples nor drawn among them', () => {
    const series = { ...{ regime: 'joint', look: null, runs: ['r1'] }, readOn: 'validation' as const }
    expect(fitsSeries(fitting!, { ...series, readOn: undefined })).toBe(true)
    expect(fitsSeries(fitting!, series)).toBe(false)
    expect(publishedValue(fitting!, series, 0.25)!.mean).toBe(40)
  })

  it('of a table with variants stand beside the series of each variant, as the overlay of the whole table', () => {
    const found = publishedOverlays({ tables: [variants], fitting: { 'table-19': { i1: 'Inc', g1: 'GE' } } }, {})
    expect(found.map(({ key }) => key)).toEqual(['table-19', 'table-19/GE', 'table-19/Inc'])
    expect(chosenOverlay(found, { choice: 'fitting', matching: 'table-19' })).toBe(found[0])
    const series = (name: string, look: number | null, runs: string[]) => ({
      experiment: 'a',
      regime: 'joint',
      backboneCost: 100,
      series: name,
      look,
      runs,
    })
    const rows = [series('plain', null, ['u1']), series('equilibrium', 0, ['g1']), series('increasing', 1, ['i1'])]
    const valuesOf = (overlay: (typeof found)[number]) =>
      rows.map((each) => publishedValue(overlay, each, 0.25)?.mean ?? null)
    expect(valuesOf(found[0]!)).toEqual([null, 50, 51])
    expect(valuesOf(found[2]!)).toEqual([null, null, 51])
  })
})

const row = (regime: string, variant: string | null = null) => ({ regime, variant, cells: [] })
const aTable = (id: string, rows: ReturnType<typeof row>[]) =>
  ({ id, title: id, budgets: [], rows }) as unknown as PublishedTable

describe('the published values shown by default', () => {
  test('are of the most regimes, however many variants another table has', () => {
    const variants = ['a', 'b', 'c'].flatMap((variant) => [row('joint', variant), row('mixed', variant)])
    const tables = [aTable('variants', variants), aTable('regimes', [row('disjoint'), row('joint'), row('mixed')])]
    expect(fullestOverlay(publishedOverlays({ tables, fitting: {} }, {}))?.key).toBe('regimes')
  })

  test('are of the task that is compared', () => {
    const tables = [
      aTable('accuracies', [row('joint')]),
      { ...aTable('errors', [row('joint')]), task: 'regression' as const },
    ]
    const keysOf = (of: OfTask) => publishedOverlays({ tables, fitting: {} }, of).map(({ key }) => key)
    expect([keysOf({}), keysOf({ task: 'regression' })]).toEqual([['accuracies'], ['errors']])
  })

  test('are none where nothing was published', () => expect(fullestOverlay([])).toBeNull())
})
