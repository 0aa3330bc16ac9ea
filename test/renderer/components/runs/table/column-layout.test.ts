import { expect, test } from 'vitest'
import { columnFor } from '../../../../../src/renderer/components/runs/table/columns.ts'
import {
  gridTracks,
  moved,
  readLayout,
  resized,
  toggled,
  defaultLayout,
  widthOf,
  type ColumnLayout,
} from '../../../../../src/renderer/components/runs/table/column-layout.ts'

const layout: ColumnLayout = { shown: ['status', 'name', 'validation'], widths: {} }

test('a column that is shown again is at its usual place', () => {
  expect(toggled(layout, 'regime').shown).toEqual(['status', 'name', 'regime', 'validation'])
  expect(toggled(layout, 'status').shown).toEqual(['name', 'validation'])
  expect(toggled(toggled(layout, 'status'), 'status').shown).toEqual(layout.shown)
})

test('a setting is placed behind the seed, the accuracy of an exit behind that of the final one', () => {
  const shown = ['name', 'seed', 'validation', 'speed'] as const
  const added = toggled(toggled({ shown, widths: {} }, 'training.batchSize'), 'val.exit0')
  expect(added.shown).toEqual(['name', 'seed', 'training.batchSize', 'validation', 'val.exit0', 'speed'])
  expect(readLayout(added)).toEqual(added)
  expect(toggled(added, 'training.batchSize').shown).toEqual(['name', 'seed', 'validation', 'val.exit0', 'speed'])
})

test('the name cannot be hidden', () => expect(toggled(layout, 'name')).toBe(layout))

test('a column moves within the table', () => {
  expect(moved(layout, 'validation', 0).shown).toEqual(['validation', 'status', 'name'])
  expect(moved(layout, 'status', 9).shown).toEqual(['name', 'validation', 'status'])
})

test('a width stays readable', () => {
  expect(widthOf(resized(layout, 'status', 99.6), 'status')).toBe(100)
  expect(widthOf(resized(layout, 'status', 1), 'status')).toBe(48)
})

test('the name takes the remaining width, with room for an experiment where no group names it', () => {
  const narrow = resized(layout, 'validation', 80)
  expect(gridTracks(narrow, { deltas: false, experiment: false, longest: {} })).toBe(
    '34px 116px minmax(128px, 1fr) 80px',
  )
  expect(gridTracks(narrow, { deltas: true, experiment: true, longest: {} })).toBe(
    '34px 116px minmax(218px, 1fr) 122px',
  )
})

test('a column is as wide as its longest number', () => {
  const seeds: ColumnLayout = { shown: ['name', 'seed'], widths: {} }
  const tracks = (seed: number) => gridTracks(seeds, { deltas: false, experiment: false, longest: { seed } })
  expect(tracks(1)).toBe('34px minmax(128px, 1fr) 44px')
  expect(tracks(8)).toBe('34px minmax(128px, 1fr) 68px')
})

test('what another version stored is read as far as possible', () => {
  expect(readLayout(null)).toEqual(defaultLayout)
  expect(readLayout({ shown: ['gone', 'name', 'name', 'seed'] }).shown).toEqual(['name', 'seed'])
  expect(readLayout({ shown: ['seed'] })).toEqual(defaultLayout)
  expect(readLayout({ shown: 5 })).toEqual(defaultLayout)
  expect(readLayout({ shown: ['name'], widths: 'x' })).toEqual(defaultLayout)
})

test('columns are called after the metric of the runs, where all are of one task', () => {
  const titles = (task?: 'regression' | null) =>
    (['test', 'val.exit1', 'seed'] as const).map((id) => columnFor(id, { task }).title)
  expect(titles()).toEqual(['Final test (%)', 'Exit 1 val. (%)', 'Seed'])
  expect(titles('regression')).toEqual(['Final test MSE', 'Exit 1 val. MSE', 'Seed'])
  expect(titles(null)).toEqual(['Final test metric', 'Exit 1 val. metric', 'Seed'])
})
