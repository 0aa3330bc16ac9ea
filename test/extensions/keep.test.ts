import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archiveFile, archiveText, hashOf } from '../../src/extensions/archive.ts'
import { damagedExtensions, extensionArguments, keepExtensions, mergeExtensions } from '../../src/extensions/keep.ts'
import { announceExtensions } from '../../src/extensions/launch.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'exitlab-kept-'))))
afterEach(() => {
  announceExtensions([])
  rmSync(folder, { recursive: true })
})

const archive = { entry: 'a.ts', files: { 'a.ts': 'export default 1' } }
const sha256 = hashOf(archive)
const origin = { extension: 'a', file: '/m/a.ts', sha256 }

function loaded(): void {
  const path = join(folder, archiveFile(sha256))
  writeFileSync(path, archiveText(archive))
  announceExtensions([{ ...origin, archive: path }])
}

test('the hash of an extension stays as it is, as ids of phases follow from it', () => {
  expect(sha256).toBe('59fd7b327bdf0e53fc8f8d7309d0d9204d9ccba4e6a365ecc9944580bbbbe08f')
})

test('a depot gets the extensions of methods that phases use, each once, unchanged', async () => {
  loaded()
  await keepExtensions(join(folder, 'depot'), { 'loss:x': origin, 'head:y': origin })
  const kept = join(folder, 'depot', 'extensions')
  expect(readdirSync(kept)).toEqual([`${sha256}.json`])
  expect(readFileSync(join(kept, `${sha256}.json`), 'utf8')).toBe(archiveText(archive))
  await keepExtensions(join(folder, 'other'), undefined)
  expect(readdirSync(folder)).not.toContain('other')
})

test('jobs load the depot’s copies of what their phases use', () => {
  expect(extensionArguments('/d', [undefined, { 'loss:x': origin }, { 'head:y': origin }])).toEqual([
    '--extension',
    `/d/extensions/${sha256}.json`,
  ])
  expect(extensionArguments('/d', [undefined])).toEqual([])
})

test('a merge brings what a depot lacks, and leaves what is damaged where it is', async () => {
  const from = join(folder, 'from', 'extensions')
  mkdirSync(from, { recursive: true })
  const damaged = `${'0'.repeat(64)}.json`
  writeFileSync(join(from, `${sha256}.json`), archiveText(archive))
  writeFileSync(join(from, damaged), archiveText(archive))
  writeFileSync(join(from, 'notes.txt'), '')
  // Of a write that was interrupted.
  writeFileSync(join(from, `${'1'.repeat(64)}.json.partial`), '{')
  expect(await damagedExtensions(join(folder, 'from'))).toEqual([join(from, damaged)])
  expect(await mergeExtensions(join(folder, 'from'), join(folder, 'to'))).toEqual([join(from, damaged)])
  expect(await damagedExtensions(join(folder, 'to'))).toEqual([])
  expect(readdirSync(join(folder, 'to', 'extensions'))).toEqual([`${sha256}.json`])
  expect(await mergeExtensions(join(folder, 'nowhere'), join(folder, 'to'))).toEqual([])
})
