import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { ImportedResult } from '../../../src/shared/runs/imported.ts'
import { openStore } from '../../../src/main/store/open.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { temporaryFolder } from './support.ts'

const result = (changes: Partial<ImportedResult> = {}): ImportedResult => ({
  id: 'abc123',
  name: 'sdn',
  experiment: null,
  regime: 'joint',
  seed: 1,
  format: 'csv',
  path: '/log.csv',
  sha256: '0'.repeat(64),
  importedAt: 1,
  content: { split: 'test', rule: null, backboneMacs: null, exits: [{ name: '0', cost: 0.5, value: 0.25 }], curve: null, notes: [] }, // prettier-ignore
  ...changes,
})

test('imported results are found by id, name, experiment, or the beginning of an id', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  const [first, second] = [result(), result({ id: 'abd456', seed: 2, experiment: 'toy' })]
  store.imports.add(first)
  store.imports.add(second)
  expect(store.imports.all()).toEqual([first, second])
  expect(store.imports.find('sdn')).toEqual([first, second])
  expect(store.imports.find('toy')).toEqual([second])
  expect(store.imports.find('abd')).toEqual([second])
  expect(store.imports.find('sd')).toEqual([])
  store.imports.remove('abc123')
  expect(store.imports.all()).toEqual([second])
})

test('a name has each seed once, within an experiment and outside of them', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  store.imports.add(result())
  store.imports.add(result({ id: 'b', experiment: 'toy' }))
  expect(() => store.imports.add(result({ id: 'c' }))).toThrow('UNIQUE')
})

test('the seeds of a series are those of its name, within an experiment or outside of all', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  store.imports.add(result({ id: 'a', seed: 2 }))
  store.imports.add(result({ id: 'b', seed: 1 }))
  store.imports.add(result({ id: 'c', experiment: 'toy' }))
  store.imports.add(result({ id: 'd', name: 'pbee' }))
  const seeds = (experiment: string | null) =>
    store.imports.ofName({ name: 'sdn', experiment }).map(({ id, seed }) => [id, seed])
  expect(seeds(null)).toEqual([['b', 1], ['a', 2]]) // prettier-ignore
  expect(seeds('toy')).toEqual([['c', 1]])
})

test('an altered content is named', () => {
  const folder = temporaryFolder()
  const store = openStore(folder)
  store.imports.add(result())
  store.close()
  const raw = new Database(workspaceAt(folder).database)
  raw.exec(`UPDATE imports SET content = replace(content, '0.25', '"x"')`)
  raw.close()
  const opened = openStore(folder)
  onTestFinished(() => opened.close())
  const place = /column “content” in row abc123 of table “imports” is invalid \(exits: 0: value|exits/
  expect(() => opened.imports.all()).toThrow(place)
  expect(opened.damagedPlaces()).toEqual([expect.stringMatching(place)])
})

test('files to be followed whose request is damaged are left out, and named', () => {
  const folder = temporaryFolder()
  const store = openStore(folder)
  const input = { paths: ['/a'], map: {}, logged: 'last', experiment: null } as const
  const ids = [1, 2].map(() => store.imports.follow({ ...input, paths: ['/a'] }))
  store.close()
  const raw = new Database(workspaceAt(folder).database)
  raw.exec(`UPDATE import_follows SET input = '{"paths": 1}' WHERE id = ${ids[0]}`)
  raw.close()
  const opened = openStore(folder)
  onTestFinished(() => opened.close())
  expect(opened.imports.follows().map(({ id }) => id)).toEqual([ids[1]])
  expect(opened.damagedPlaces()).toEqual([expect.stringContaining('of table “import_follows” is invalid')])
})
