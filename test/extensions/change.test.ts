import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashOf } from '../../src/main/extensions/archive.ts'
import { changeOf, trustChange } from '../../src/main/extensions/change.ts'
import { collect } from '../../src/main/extensions/collect.ts'
import { isTrusted, keepTrusted } from '../../src/main/extensions/trust.ts'
import { extensionStates } from '../../src/main/extensions/trusted.ts'

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

test('the change of a trusted file names its lines, its modules of Node and its hash, and runs nothing', async () => {
  const sha256 = await changed()
  writeFileSync(file, `${text('t * t', "import { appendFileSync } from 'node:fs'\n")}throw new Error('was run')\n`)
  const { now, imports, files } = await changeOf(sha256, environment)
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
  const { now } = await changeOf(sha256, environment)
  expect(isTrusted(now, environment)).toBe(false)
  expect((await extensionStates(environment)).map(({ state }) => state)).toEqual(['changed'])
  await trustChange({ sha256, now }, { environment, at: 2 })
  expect(isTrusted(now, environment)).toBe(true)
  expect(await extensionStates(environment)).toMatchObject([{ file, sha256: now, state: 'not-loaded', trustedAt: 2 }])
})

test('a content that has changed since it was shown is not trusted', async () => {
  const sha256 = await changed()
  const { now } = await changeOf(sha256, environment)
  writeFileSync(file, text('t'))
  await expect(trustChange({ sha256, now }, { environment, at: 2 })).rejects.toMatchObject({ code: 'conflict' })
  expect((await extensionStates(environment)).map(({ state }) => state)).toEqual(['changed'])
})

test('no file is trusted of which no content was trusted before', async () => {
  writeFileSync(file, text('t'))
  writeFileSync(join(folder, 'helper.ts'), 'export const t = 3\n')
  const now = hashOf(await collect(file))
  await expect(trustChange({ sha256: now, now }, { environment, at: 2 })).rejects.toMatchObject({ code: 'not-found' })
  await expect(changeOf(now, environment)).rejects.toMatchObject({ code: 'not-found' })
  expect(await extensionStates(environment)).toEqual([])
})
