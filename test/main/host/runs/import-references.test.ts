import { expect, it, onTestFinished } from 'vitest'
import { resolveImports, splitReferences } from '../../../../src/main/host/runs/import-references.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import type { ImportedResult } from '../../../../src/shared/runs/imported.ts'
import { temporaryFolder } from '../../store/support.ts'

function store() {
  const opened = openStore(temporaryFolder())
  onTestFinished(() => opened.close())
  const content = {
    split: 'test',
    rule: null,
    backboneMacs: null,
    exits: [{ name: '0', cost: 0.5, value: 0.25 }],
    curve: null,
    notes: [],
  }
  const file = {
    experiment: null,
    regime: null,
    following: null,
    format: 'csv',
    path: '/log.csv',
    sha256: '0'.repeat(64),
  }
  for (const [seed, id] of ['abc1', 'abd2', 'e3'].entries())
    opened.imports.add({ id, name: 'sdn', seed, importedAt: seed, content, ...file } as unknown as ImportedResult)
  return opened
}
const ids = (imports: { id: string }[]) => imports.map(({ id }) => id)

it('imported results are meant by their name, all of them, or by the beginning of an id while that is the only one', () => {
  const opened = store()
  expect(ids(resolveImports(opened, ['sdn']))).toEqual(['abc1', 'abd2', 'e3'])
  expect(ids(resolveImports(opened, ['e', 'abd']))).toEqual(['e3', 'abd2'])
  expect(ids(splitReferences(opened, ['abd']).imports)).toEqual(['abd2'])
  const listed =
    /“ab” matches several imported results; give more of the id:\n {2}abc1 {2}sdn, seed 0\n {2}abd2 {2}sdn, seed 1/
  expect(() => resolveImports(opened, ['ab'])).toThrow(listed)
  expect(() => splitReferences(opened, ['ab'])).toThrow(listed)
})
