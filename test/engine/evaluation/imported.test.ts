import { describe, expect, it } from 'vitest'
import { budgetsOf } from '../../../src/readings/budgets/compute.ts'
import { curvesOf } from '../../../src/readings/curve/compute.ts'
import { exitsOf } from '../../../src/readings/exits/compute.ts'
import { summariseImport } from '../../../src/engine/evaluation/imported.ts'
import type { ImportedContent, ImportedResult } from '../../../src/shared/runs/imported.ts'
import { evaluatedRuns } from './fixtures/comparison.ts'
import { summarised } from './summarised.ts'

/** Two exits at 400 and 1,200 multiply-adds of a backbone of 1,000, measured on test samples; no curve. */
const content: ImportedContent = {
  split: 'test',
  rule: null,
  backboneMacs: 1000,
  exits: [
    { name: '0', cost: 400, value: 0.5 },
    { name: '1', cost: 1200, value: 0.75 },
  ],
  curve: null,
  notes: [],
}
const curve = [
  { threshold: 0.25, cost: 500, value: 0.5 },
  { threshold: 0.5, cost: 900, value: 0.7 },
]
/** The same with costs as fractions of the backbone's. */
const shares = {
  backboneMacs: null,
  exits: content.exits.map((exit) => ({ ...exit, cost: exit.cost / 1000 })),
}

function result(changes: Partial<ImportedContent> = {}, about: Partial<ImportedResult> = {}): ImportedResult {
  return {
    id: 'i1',
    name: 'published',
    experiment: null,
    regime: null,
    seed: 3,
    format: 'csv',
    path: '/x.csv',
    sha256: '',
    importedAt: 0,
    ...about,
    content: { ...content, ...changes },
  }
}
const imported = (...of: Parameters<typeof result>) => summariseImport(result(...of))
const runs = await summarised(evaluatedRuns, 'confidence')
const options = { budgets: [0.3, 0.5, null], protocol: 'validation', seedReading: 'averaged' } as const
const axes = { budgets: [0.5, null], axis: 'multiply-adds', eachSeed: false } as const

describe('the summary of an imported result', () => {
  it('has, without a curve, its exits as static ones, on the same samples for both splits', () => {
    const summary = imported()
    expect(summary).toMatchObject({
      id: 'i1',
      experiment: 'published',
      regime: null,
      series: 'published (imported)',
      seed: 3,
      imported: { format: 'csv', reading: 'exits', split: 'test', sharesOnly: false },
      exitCosts: [400, 1200],
      backboneCost: 1000,
      rule: 'static',
    })
    expect(summary.exitBlocks).toEqual([undefined, null])
    expect(summary).not.toHaveProperty('task')
    expect(summary.test).toEqual({
      sampleCount: 0,
      curve: {
        thresholds: Float64Array.of(0, 1),
        values: Float64Array.of(0.5, 0.75),
        costs: Float64Array.of(400, 1200),
      },
      exitValues: [0.5, 0.75],
      overthinking: null,
    })
    expect(summary.validation).toEqual(summary.test)
  })

  it('has its curve where there is one, with places for thresholds that are not known', () => {
    const summary = imported({ curve, rule: 'entropy', task: 'regression' })
    expect(summary).toMatchObject({ rule: 'entropy', task: 'regression', imported: { reading: 'curve' } })
    expect(summary.test.curve).toEqual({
      thresholds: Float64Array.of(0.25, 0.5),
      values: Float64Array.of(0.5, 0.7),
      costs: Float64Array.of(500, 900),
    })
    expect(summary.test.exitValues).toEqual([0.5, 0.75])
    const unknown = imported({ curve: curve.map((point) => ({ ...point, threshold: null })) })
    expect([...unknown.test.curve.thresholds]).toEqual([0, 1])
    expect(unknown.rule).toBe('')
  })

  it('is of a backbone of cost 1 where costs are fractions, and beside the runs of its experiment', () => {
    const summary = imported(shares, { experiment: 'toy', regime: 'mixed' })
    expect(summary).toMatchObject({
      experiment: 'toy',
      regime: 'mixed',
      backboneCost: 1,
      imported: { sharesOnly: true },
    })
  })
})

describe('a comparison with imported results', () => {
  it('has their cells, and costs only as fractions where no more is known', () => {
    const [known] = budgetsOf([imported()], options).rows
    expect(known).toMatchObject({ backboneCost: 1000, imported: { format: 'csv' } })
    expect(known!.cells).toEqual([
      null,
      { budget: 0.5, mean: 50, std: null, cost: 400 },
      { budget: null, mean: 75, std: null, cost: 1200 },
    ])
    const [fractions] = budgetsOf([imported(shares)], options).rows
    expect(fractions!.backboneCost).toBeNull()
    expect(fractions!.cells[2]).toEqual({ budget: null, mean: 75, std: null, cost: null, fraction: 1.2 })
  })

  it('is under the rule of the runs, and under none where there are only imported results', () => {
    expect(budgetsOf([...runs, imported({ curve, rule: 'entropy' })], options).rule).toBe('confidence')
    expect(budgetsOf([imported()], options).rule).toBeNull()
  })

  it('has no mark on rows of runs', () => {
    const rows = budgetsOf([...runs, imported()], options).rows
    expect(rows.map((row) => 'imported' in row)).toEqual([false, false, true])
  })

  it('shows them behind the runs of their experiment and after its regimes, each with a look of its own', () => {
    const beside = [null, 'disjoint' as const].map((regime) =>
      imported({}, { experiment: 'fixture', name: `published ${regime}`, regime }),
    )
    const rows = budgetsOf([...beside, ...runs], options).rows
    expect(rows.map(({ series, look }) => [series, look])).toEqual([
      ['published disjoint (imported)', 0],
      ['disjoint', null],
      ['mixed', null],
      ['published null (imported)', 1],
    ])
  })
})

describe('the exits of imported results', () => {
  it('have no overthinking, and costs only as fractions where no more is known', () => {
    const [known, fractions] = exitsOf([imported(), imported(shares, { name: 'other' })])
    expect(known).toMatchObject({ series: 'published (imported)', seeds: [3], imported: { format: 'csv' } })
    expect(known!.exits).toEqual([
      { exit: 0, block: undefined, cost: 400, fraction: 0.4, value: { mean: 50, std: null }, overthinking: null },
      { exit: 1, block: null, cost: 1200, fraction: 1.2, value: { mean: 75, std: null }, overthinking: null },
    ])
    expect(fractions!.exits.map(({ cost, fraction }) => [cost, fraction])).toEqual([
      [null, 0.4],
      [null, 1.2],
    ])
  })

  it('are left out where only a curve was imported', () => {
    expect(exitsOf([imported({ exits: [], curve })])).toEqual([])
  })
})

describe('accuracy against cost with imported results', () => {
  const shown = (all: Parameters<typeof curvesOf>[0], changes: object = {}) => curvesOf(all, { ...axes, ...changes })

  it('draws their curve, or their exits alone', () => {
    const [exits] = shown([imported()]).series
    expect(exits).toMatchObject({ name: 'published (imported)', backboneCost: 1000, imported: { reading: 'exits' } })
    expect(exits!.curve).toEqual([])
    expect(exits!.exits.map(({ cost, mean }) => [cost, mean])).toEqual([
      [400, 50],
      [1200, 75],
    ])
    const [line] = shown([imported({ curve })]).series
    expect(line!.curve.map(({ cost, mean }) => [cost, mean])).toEqual([
      [500, 50],
      [900, 70],
    ])
  })

  it('leaves those out of multiply-adds whose backbone has no known cost, and says so', () => {
    const mixed = shown([...runs, imported(shares)])
    expect(mixed.series.map(({ series }) => series)).toEqual(['disjoint', 'mixed'])
    expect(mixed.note).toMatch(/ · left out, as the cost of the backbone is not known: published \(imported\)$/)
    const share = shown([...runs, imported(shares)], { axis: 'share' })
    expect(share.series.at(-1)).toMatchObject({ series: 'published (imported)', backboneCost: null })
    expect(share.note).not.toContain('left out')
    expect(share.backboneCost).toBe(1000)
    expect(() => shown([imported(shares)])).toThrow(/only as fractions .*cannot be drawn against multiply-adds/)
  })

  it('takes no bare backbone from imported fractions or curves without exits', () => {
    const beside = { experiment: 'fixture', regime: 'disjoint' as const }
    const backbones = (changes: Partial<ImportedContent>) =>
      shown([{ ...imported(changes, beside), isBareBackbone: true }], { axis: 'share' }).backbones.map(
        ({ mean }) => mean,
      )
    expect(backbones({})).toEqual([75])
    expect(backbones(shares)).toEqual([])
    expect(backbones({ exits: [], curve })).toEqual([])
  })

  it('describes its data in one line', () => {
    const sampleCount = runs[0]!.test.sampleCount.toLocaleString('en-US')
    const ofRuns = `fixture · ${sampleCount} test samples · confidence rule · 3 seeds`
    const ofImports = 'imported series: not trained or evaluated by Exitlab'
    expect(shown(runs).note).toBe(ofRuns)
    expect(shown([runs[0]!]).note).toBe(ofRuns.replace('3 seeds', '1 seed'))
    expect(shown(runs.slice(0, 5)).note).toBe(ofRuns.replace(' · 3 seeds', ''))
    expect(shown([...runs, imported()]).note).toBe(`${ofRuns} · ${ofImports}`)
    expect(shown([imported()]).note).toBe(ofImports)
    expect(shown([imported({}, { experiment: 'toy' })]).note).toBe(`toy · ${ofImports}`)
    const measured = runs.map((run) => ({ ...run, latency: 'a laptop' }))
    expect(shown(measured).note).toBe(`${ofRuns} · a laptop`)
    const fewer = { ...runs[1]!, test: { ...runs[1]!.test, sampleCount: 7 } }
    expect(shown([runs[0]!, fewer]).note).toBe('fixture · test set · confidence rule · 2 seeds')
    const other = runs.map((run) => ({ ...run, experiment: 'other' }))
    expect(shown([...runs, ...other]).note).toBe(ofRuns.replace('fixture · ', ''))
  })

  it('names series by their experiment where there are several, but not those that belong to none', () => {
    const other = runs.map((run) => ({ ...run, experiment: 'other' }))
    expect(shown([...runs, imported()]).series.map(({ name }) => name)).toEqual(['disjoint', 'mixed', 'published (imported)']) // prettier-ignore
    expect(shown([...runs, ...other, imported()]).series.map(({ name }) => name)).toEqual([
      'disjoint, fixture',
      'mixed, fixture',
      'disjoint, other',
      'mixed, other',
      'published (imported)',
    ])
  })

  it('has no curve of each seed where there is one seed', () => {
    expect(shown([runs[0]!], { eachSeed: true }).series[0]!.seeds).toEqual([])
  })

  it('is empty without runs', () => {
    expect(shown([])).toMatchObject({ series: [], backbones: [], backboneCost: null, budgets: [] })
  })
})
