import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archiveFile, archiveText, hashOf, isArchiveFile } from '../../../src/main/extensions/archive.ts'
import {
  damagedExtensions,
  extensionArguments,
  keepExtensions,
  mergeExtensions,
} from '../../../src/main/extensions/keep.ts'
import { announceExtensions } from '../../../src/main/extensions/launch.ts'

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

test('a depot keeps the extension that a method is of, of all that are loaded, and what it has stays untouched', async () => {
  const other = { entry: 'b.ts', files: { 'b.ts': 'export default 2' } }
  const place = join(folder, archiveFile(hashOf(other)))
  writeFileSync(place, archiveText(other))
  const mine = join(folder, archiveFile(sha256))
  writeFileSync(mine, archiveText(archive))
  announceExtensions([
    { ...origin, sha256: hashOf(other), archive: place },
    { ...origin, archive: mine },
  ])
  const kept = join(folder, 'depot', 'extensions')
  await keepExtensions(join(folder, 'depot'), { 'loss:x': origin })
  expect(readdirSync(kept)).toEqual([`${sha256}.json`])
  expect(readFileSync(join(kept, `${sha256}.json`), 'utf8')).toBe(archiveText(archive))
  // What is there is not written again, nor is it asked where it came from.
  rmSync(mine)
  await keepExtensions(join(folder, 'depot'), { 'loss:x': origin })
  announceExtensions([])
  await keepExtensions(join(folder, 'empty'), { 'loss:x': origin })
  expect(readdirSync(folder)).not.toContain('empty')
})

test('what cannot be read is not taken for damage, and what a depot has is not read at all', async () => {
  const from = join(folder, 'from', 'extensions')
  mkdirSync(join(from, archiveFile(sha256)), { recursive: true })
  await expect(damagedExtensions(join(folder, 'from'))).rejects.toThrow('is a folder')
  await expect(mergeExtensions(join(folder, 'from'), join(folder, 'to'))).rejects.toThrow('is a folder')
  mkdirSync(join(folder, 'has', 'extensions'), { recursive: true })
  writeFileSync(join(folder, 'has', 'extensions', archiveFile(sha256)), archiveText(archive))
  expect(await mergeExtensions(join(folder, 'from'), join(folder, 'has'))).toEqual([])
})

test('a file is a copy by its name, which is a hash alone', () => {
  const name = archiveFile(sha256)
  const others = [`a${name}`, `${name}.partial`, `${sha256.slice(1)}.json`, 'methods.ts']
  expect([`/w/extensions/${name}`, ...others].map(isArchiveFile)).toEqual([true, false, false, false, false])
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
