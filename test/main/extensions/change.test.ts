import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archiveFile, archiveText, hashOf } from '../../../src/main/extensions/archive.ts'
import { changeOf, trustFile } from '../../../src/main/extensions/change.ts'
import { collect } from '../../../src/main/extensions/collect.ts'
import { forgetTrusted, isTrusted, keepTrusted, trustedArchive } from '../../../src/main/extensions/trust.ts'
import { extensionStates } from '../../../src/main/extensions/states.ts'
import type { UsedExtension } from '../../../src/shared/extensions/extension-state.ts'

let folder: string
let environment: Record<string, string>
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-change-'))
  environment = { XDG_CONFIG_HOME: join(folder, 'config') }
  file = join(folder, 'loss.ts')
})
afterEach(() => rmSync(folder, { recursive: true }))

const text = (scale: string, more = '') =>
  `import { defineExtension } from 'exitlab/extension'\n${more}import { t } from './helper.ts'\n\nexport const scale = ${scale}\n`

/** Trusts a file with a helper, then changes both. */
async function changed() {
  writeFileSync(file, text('1 / t'))
  writeFileSync(join(folder, 'helper.ts'), 'export const t = 3\n')
  const archive = await collect(file)
  await keepTrusted(archive, { file, at: 1 }, environment)
  writeFileSync(file, text('t * t', "import { appendFileSync } from 'node:fs'\n"))
  return hashOf(archive)
}

const states = (used: UsedExtension[] = []) => extensionStates(used, { environment, folder })
const changeFrom = (former: string | null, path = file) => changeOf({ file: path, former }, { environment, folder })

test('the change of a trusted file names its lines, its modules of Node and its hash, and runs nothing', async () => {
  const sha256 = await changed()
  writeFileSync(file, `${text('t * t', "import { appendFileSync } from 'node:fs'\n")}throw new Error('was run')\n`)
  const { now, imports, files } = await changeFrom(sha256)
  expect(now).toBe(hashOf(await collect(file)))
  expect(imports).toEqual(['node:fs'])
  expect(files.map(({ path }) => path)).toEqual(['loss.ts'])
  const lines = files[0]!.lines.filter(({ kind }) => kind !== 'same')
  expect(lines).toEqual([
    { kind: 'added', text: "import { appendFileSync } from 'node:fs'" },
    { kind: 'removed', text: 'export const scale = 1 / t' },
    { kind: 'added', text: 'export const scale = t * t' },
    { kind: 'added', text: "throw new Error('was run')" },
  ])
})

test('a changed content is trusted by its hash, and waits for the next start', async () => {
  const sha256 = await changed()
  const { now } = await changeFrom(sha256)
  expect(isTrusted(now, environment)).toBe(false)
  expect((await states()).map(({ state }) => state)).toEqual(['changed'])
  await trustFile({ file, former: sha256, now }, { environment, at: 2 })
  expect(isTrusted(now, environment)).toBe(true)
  expect(await states()).toMatchObject([{ file, sha256: now, state: 'not-loaded', trustedAt: 2 }])
})

test('a content that has changed since it was shown is not trusted', async () => {
  const sha256 = await changed()
  const { now } = await changeFrom(sha256)
  writeFileSync(file, text('t'))
  await expect(trustFile({ file, former: sha256, now }, { environment, at: 2 })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await states()).map(({ state }) => state)).toEqual(['changed'])
})

test('a new file is shown whole, and trusted by its hash', async () => {
  writeFileSync(file, text('t'))
  writeFileSync(join(folder, 'helper.ts'), 'export const t = 3\n')
  const { now, files } = await changeFrom(null)
  expect(files.map(({ path, lines }) => [path, lines.length])).toEqual([
    ['helper.ts', 1],
    ['loss.ts', 4],
  ])
  expect(files.flatMap(({ lines }) => lines).every(({ kind }) => kind === 'added')).toBe(true)
  expect(await states()).toEqual([])
  await trustFile({ file, former: null, now }, { environment, at: 2 })
  expect(await states()).toMatchObject([{ file, sha256: now, state: 'not-loaded' }])
})

test('a path is absolute and that of code', async () => {
  await expect(changeFrom(null, 'loss.ts')).rejects.toThrow('Expected the absolute path of an extension')
  await expect(changeFrom(null, folder)).rejects.toThrow('is a folder')
  symlinkSync('nowhere.ts', join(folder, 'link.ts'))
  await expect(changeFrom(null, join(folder, 'link.ts'))).rejects.toThrow(
    'is a symbolic link to a file that does not exist',
  )
  await expect(changeFrom(null, join(folder, 'los.ts'))).rejects.toMatchObject({ code: 'not-found' })
})

test('a file that has moved takes the trust and the former contents with it', async () => {
  const first = await changed()
  const { now } = await changeFrom(first)
  await trustFile({ file, former: first, now }, { environment, at: 2 })
  mkdirSync(join(folder, 'methods'))
  for (const name of ['loss.ts', 'helper.ts']) renameSync(join(folder, name), join(folder, 'methods', name))
  expect(await states()).toMatchObject([{ file, sha256: now, state: 'missing' }])
  const moved = join(folder, 'methods', 'loss.ts')
  expect(await changeFrom(now, moved)).toMatchObject({ now, files: [] })
  await trustFile({ file: moved, former: now, now }, { environment, at: 3 })
  expect(await states()).toMatchObject([{ file: moved, sha256: now, state: 'not-loaded' }])
})

test('trust that is revoked is gone for all contents of the file, whose archives stay for processes that have loaded them', async () => {
  const first = await changed()
  const { now } = await changeFrom(first)
  await trustFile({ file, former: first, now }, { environment, at: 2 })
  await forgetTrusted(file, environment)
  expect([first, now].map((sha256) => isTrusted(sha256, environment))).toEqual([false, false])
  expect(existsSync(trustedArchive(now, environment))).toBe(true)
  expect(await states()).toEqual([])
})

test('a helper that is missing is no missing extension', async () => {
  await changed()
  rmSync(join(folder, 'helper.ts'))
  expect(await states()).toMatchObject([{ state: 'changed', problem: expect.stringContaining('imports ./helper.ts') }])
})

test('what runs were trained with is listed with them, former contents with their file', async () => {
  const sha256 = await changed()
  const use = (changes: Partial<UsedExtension>): UsedExtension => ({
    ...{ file, sha256, methods: [{ kind: 'loss', name: 'mine' }], runs: new Set(['a', 'b']) },
    ...changes,
  })
  const other = { file: '/m/other.ts', sha256: 'f'.repeat(64), runs: new Set(['d']) }
  expect(await states([use({}), use({ sha256: 'e'.repeat(64), runs: new Set(['c', 'e']) }), use(other)])).toEqual([
    {
      ...{ file, sha256, trustedAt: 1, state: 'changed', problem: null, copy: null },
      ...{ methods: [{ kind: 'loss', name: 'mine' }], runs: 2, formerRuns: 2 },
    },
    {
      ...{
        file: '/m/other.ts',
        sha256: 'f'.repeat(64),
        trustedAt: null,
        state: 'untrusted',
        problem: null,
        copy: null,
      },
      ...{ methods: [{ kind: 'loss', name: 'mine' }], runs: 1, formerRuns: 0 },
    },
  ])
})

test('without a trusted content the copy of the workspace is what a file is compared with', async () => {
  writeFileSync(file, text('t'))
  writeFileSync(join(folder, 'helper.ts'), 'export const t = 3\n')
  const archive = await collect(file)
  const sha256 = hashOf(archive)
  mkdirSync(join(folder, 'extensions'))
  const copy = join(folder, 'extensions', archiveFile(sha256))
  writeFileSync(copy, archiveText(archive))
  writeFileSync(file, text('2 * t'))
  const { files } = await changeFrom(sha256)
  expect(files.map(({ path }) => path)).toEqual(['loss.ts'])
  expect(await changeFrom(sha256, copy)).toMatchObject({ now: sha256, files: [] })
  await trustFile({ file: copy, former: sha256, now: sha256 }, { environment, at: 2 })
  expect(await states()).toMatchObject([{ file: copy, sha256, state: 'not-loaded', copy }])
})
