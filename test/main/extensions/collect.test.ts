import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveFile, archiveText, hashOf, largestExtension } from '../../../src/main/extensions/archive.ts'
import { collect } from '../../../src/main/extensions/collect.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'exitlab-collect-'))))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes files, and answers with the path of the first. */
function write(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return join(folder, Object.keys(files)[0]!)
}

/** Code and message of a refusal, without the folder. */
const refusalOf = (file: string) =>
  collect(file).then(
    () => null,
    ({ code, message }: { code: string; message: string }) => [code, message.replaceAll(`${folder}/`, '')],
  )

describe('an extension is collected', () => {
  test('with all that it imports, below the folder that has all of it, each file once', async () => {
    const first = `import { b } from '../in/deep/b.ts'\nimport { sep } from 'node:path'\nimport fs from 'fs'\nexport const a = b`
    const second = `import { a } from '../../entry/a.ts'\nimport { z } from 'exitlab/extension'\nimport './c.mjs'\nexport const b = 1`
    const file = write({ 'all/entry/a.ts': first, 'all/in/deep/b.ts': second, 'all/in/deep/c.mjs': 'export {}' })
    expect(await collect(file)).toEqual({
      entry: 'entry/a.ts',
      files: { 'entry/a.ts': first, 'in/deep/b.ts': second, 'in/deep/c.mjs': 'export {}' },
    })
  })

  test('by its name alone where it imports nothing, with line ends of one kind', async () => {
    const file = write({ 'alone/a.js': 'const a = 1\r\nexport default a\r\n' })
    expect(await collect(file)).toEqual({ entry: 'a.js', files: { 'a.js': 'const a = 1\nexport default a\n' } })
  })

  test('of an archive that is kept, as it is', async () => {
    const archive = { entry: 'a.ts', files: { 'a.ts': 'export default 1' } }
    const file = write({ [archiveFile(hashOf(archive))]: archiveText(archive) })
    expect(await collect(file)).toEqual(archive)
    const missing = join(folder, archiveFile('0'.repeat(64)))
    expect(await refusalOf(missing)).toEqual(['not-found', expect.stringContaining('does not exist')])
  })

  test('up to 4 MiB with all that it imports', async () => {
    const half = (of: string, bytes: number) => `${of}//${'x'.repeat(bytes - of.length - 2)}`
    const text = half(`import './b.ts'\n`, largestExtension / 2)
    const file = write({ 'large/a.ts': text, 'large/b.ts': half('', largestExtension / 2) })
    expect(Object.keys((await collect(file)).files)).toHaveLength(2)
    write({ 'large/b.ts': half('', largestExtension / 2 + 1) })
    expect(await refusalOf(file)).toEqual(['usage', expect.stringMatching(/^large\/b\.ts: .* at most 4 MiB of code/)])
  })
})

describe('refused is', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['code that is none', { 'f1/a.ts': 'export default {\n name: }' }, 'usage', 'f1/a.ts is not valid code: '],
    [
      'an import of such code, which is named itself',
      { 'f2/a.ts': `import './b.ts'`, 'f2/b.ts': 'const a = ]' },
      ...(['usage', 'f2/b.ts is not valid code: '] as const),
    ],
    [
      'a package',
      { 'f3/a.ts': `import './b.ts'`, 'f3/b.ts': `import { chunk } from 'lodash'` },
      ...(['usage', 'f3/b.ts imports “lodash”. '] as const),
    ],
    ['a path from the root', { 'f4/a.ts': `import '/etc/b.ts'` }, 'usage', 'f4/a.ts imports “/etc/b.ts”. '],
    [
      'an import that is not there, by the file that asks for it',
      { 'f5/a.ts': `import './b.ts'`, 'f5/b.ts': `import './in/c.js'`, 'f5/in/c.ts': '' },
      ...([
        'not-found',
        'f5/a.ts imports ./b.ts, but f5/b.ts imports ./in/c.js, but f5/in/c.js does not exist. Did you mean f5/in/c.ts?',
      ] as const),
    ],
    [
      'an import of other than code',
      { 'f6/a.ts': `import './b.json'`, 'f6/b.json': '{}' },
      ...(['usage', 'f6/b.json is no extension: '] as const),
    ],
    ['other than code', { 'f7/a.csv': 'a,b' }, 'usage', 'f7/a.csv is no extension: '],
  ])('%s', async (_, files, code, begins) => {
    expect(await refusalOf(write(files))).toEqual([
      code,
      expect.stringMatching(`^${begins.replaceAll('.', '\\.').replaceAll('?', '\\?')}`),
    ])
  })

  test('what is not there, with the file of the nearest name', async () => {
    write({ 'near/methods.ts': '', 'near/notes.txt': '' })
    const of = (name: string) => refusalOf(join(folder, 'near', name))
    expect(await of('methods.js')).toEqual([
      'not-found',
      'near/methods.js does not exist. Did you mean near/methods.ts?',
    ])
    expect(await of('mehtods.ts')).toEqual([
      'not-found',
      'near/mehtods.ts does not exist. Did you mean near/methods.ts?',
    ])
    expect(await of('notes.ts')).toEqual(['not-found', 'near/notes.ts does not exist.'])
    expect(await of('nowhere/a.ts')).toEqual(['not-found', 'near/nowhere/a.ts does not exist.'])
    expect(await of('methods.ts/a.ts')).toEqual(['not-found', 'near/methods.ts/a.ts does not exist.'])
    expect(await of('gone.csv')).toEqual(['not-found', 'near/gone.csv does not exist.'])
    symlinkSync(join(folder, 'nothing.ts'), join(folder, 'near/link.ts'))
    expect(await of('link.ts')).toEqual(['not-found', 'near/link.ts is a symbolic link to a file that does not exist.'])
  })

  test('a folder, whatever its name', async () => {
    mkdirSync(join(folder, 'folder.ts'))
    for (const name of ['folder.ts', 'near'])
      expect(await refusalOf(join(folder, name))).toEqual(['usage', expect.stringContaining(`${name} is a folder`)])
  })
})
