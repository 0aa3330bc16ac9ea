import { expect, test } from 'vitest'
import { seriesOf } from '../../../../../src/renderer/components/runs/run-metrics.ts'
import {
  settingCombinations,
  settingOf,
  settingValues,
  sharedSetting,
  unlessChanged,
} from '../../../../../src/renderer/components/runs/settings/run-settings.ts'
import { shownSetting } from '../../../../../src/renderer/components/runs/settings/setting-differences.ts'
import { settingFacets } from '../../../../../src/renderer/components/runs/table/facets.ts'
import type { ExperimentSettings } from '../../../../../src/shared/experiment/experiment-settings.ts'
import { aRun } from '../support/run.ts'

const rate = 'training.learningRate'
const batch = 'training.batchSize'

/** An experiment that sweeps both settings, whose file has the default of neither. */
const swept = [0.002, 0.01, 0.005].flatMap((value) =>
  [8, 16].map((size) => ({ series: `joint · ${value} ${size}`, own: { [rate]: value, [batch]: size } })),
)
const settings = new Map<string, ExperimentSettings>([
  [
    'id of swept',
    {
      common: { 'training.epochs': 1, 'training.schedule.kind': 'constant' },
      series: Object.fromEntries(swept.map(({ series, own }) => [series, own])),
    },
  ],
  [
    'id of plain',
    { common: { 'training.epochs': 1, [rate]: 0.001, [batch]: 128, 'training.clipNorm': 1 }, series: {} },
  ],
])
const runs = swept.map(({ series }, seed) => aRun({ experiment: 'swept', series, seed, id: series }))
const plain = aRun({ experiment: 'plain', id: 'plain' })
const textOf = (of: typeof runs, path: typeof rate | typeof batch) => sharedSetting(of, path, { settings })

test('a run has the setting of its series, not one that its experiment has elsewhere', () => {
  expect(runs.map((run) => settingOf(run, rate, { settings }))).toEqual([0.002, 0.002, 0.01, 0.01, 0.005, 0.005])
  expect(settingOf(plain, rate, { settings })).toBe(0.001)
  expect(settingOf(runs[0]!, 'training.clipNorm', { settings })).toBeNull()
  expect(settingOf(aRun({ experiment: 'unknown' }), rate, { settings })).toBeNull()
})

test('several runs have the value that they share, two values, or a range', () => {
  expect(textOf(runs.slice(0, 2), rate)).toEqual({ text: '0.002', all: '0.002' })
  expect(textOf(runs, batch)).toEqual({ text: '8, 16', all: '8, 16' })
  expect(textOf(runs, rate)).toEqual({ text: '0.002 … 0.01', all: '0.002, 0.005, 0.01' })
  expect(textOf([...runs, plain], batch)).toEqual({ text: '8 … 128', all: '8, 16, 128' })
  const words = sharedSetting([...runs, plain], 'training.schedule.kind', { settings })
  expect(words).toEqual({ text: '–, constant', all: '–, constant' })
})

test('values of settings are those that runs have, counted in runs', () => {
  const combinations = settingCombinations([...runs, plain, { ...plain, id: 'second seed' }])
  const facets = settingFacets(combinations, { settings })
  const facet = (path: string) => facets.find((each) => each.path === path)
  expect(facet(rate)).toMatchObject({
    differs: true,
    values: expect.arrayContaining([
      { value: '0.002', count: 2 },
      { value: '0.001', count: 2 },
    ]),
  })
  expect(facet(rate)!.values).toHaveLength(4)
  expect(facet('training.epochs')).toEqual({
    path: 'training.epochs',
    differs: false,
    values: [{ value: '1', count: 8 }],
  })
  // One that some runs do not have.
  expect(facet('training.clipNorm')).toMatchObject({ differs: true, values: [{ value: '1', count: 2 }] })
  expect(facet('training.keep')).toBeUndefined()
})

test('a change of a run leaves the combinations of settings as they are, another run does not', () => {
  const before = settingCombinations(runs)
  const changed = runs.map((run) => ({ ...run, status: 'running' as const }))
  expect(unlessChanged(before, settingCombinations(changed))).toBe(before)
  expect(unlessChanged(before, settingCombinations([...runs, plain]))).not.toBe(before)
  expect(unlessChanged(before, settingCombinations([...runs.slice(1), plain]))).not.toBe(before)
})

test('runs are of one series where their settings agree, in whichever experiment', () => {
  const twin = aRun({ experiment: 'twin', id: 'twin' })
  const known = { settings: new Map([...settings, ['id of twin', settings.get('id of plain')!]]) }
  expect(seriesOf(twin, known)).toBe(seriesOf(plain, known))
  expect(new Set(runs.map((run) => seriesOf(run, known))).size).toBe(6)
})

test('settings are shown with their thousands, and typed without', () => {
  const shown = [1_000_000_000, 60_000, 128, 0.001, 1e-7, 'auto', [3, 3, 3], null].map(shownSetting)
  expect(shown).toEqual(['1,000,000,000', '60,000', '128', '0.001', '1e-7', 'auto', '[3, 3, 3]', '–'])
  const large = settingFacets(settingCombinations([plain]), {
    settings: new Map([['id of plain', { common: { 'data.limit.train': 60_000 }, series: {} }]]),
  })
  expect(large[0]!.values).toEqual([{ value: '60000', count: 1 }])
})

test('settings of phases stand in the place of the experiment’s: in order, counted each, and telling series apart', () => {
  const phases = (rates: number[], written: string) => ({ mine: { settings: { [rate]: rates }, written } })
  const known = {
    settings: new Map<string, ExperimentSettings>([
      ...settings,
      ['id of own', { common: { [rate]: 0.001, [batch]: 128 }, series: {}, phases: phases([0.001, 0.0001], 'a') }],
      ['id of twin', { common: { [rate]: 0.001, [batch]: 128 }, series: {}, phases: phases([0.001, 0.0001], 'b') }],
    ]),
  }
  const own = aRun({ experiment: 'own', id: 'own', regime: 'mine', series: 'mine' })
  const twin = aRun({ experiment: 'twin', id: 'twin', regime: 'mine', series: 'mine' })
  expect(settingValues(own, rate, known)).toEqual([0.001, 0.0001])
  expect(settingOf(own, rate, known)).toBe('0.001 → 0.0001')
  expect(settingOf(own, batch, known)).toBe(128)
  const facet = (of: typeof runs) => settingFacets(settingCombinations(of), known).find(({ path }) => path === rate)
  expect(facet([own])).toEqual({
    path: rate,
    differs: false,
    values: [
      { value: '0.001', count: 1 },
      { value: '0.0001', count: 1 },
    ],
  })
  expect(facet([own, plain])!.differs).toBe(true)
  // Phases of one name may be others in another experiment.
  expect(seriesOf(own, known)).not.toBe(seriesOf(twin, known))
})
