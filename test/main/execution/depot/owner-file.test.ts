import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isOwnerFile, newestOwner } from '../../../../src/main/execution/depot/owner-file.ts'
import { temporaryFolder } from '../../host/support.ts'

it('the owner of a folder is the file with the highest number, and no file that is about to get that name', async () => {
  const folder = temporaryFolder()
  expect(await newestOwner(folder)).toBeNull()
  for (const name of ['owner-00000009.json.new', 'an-owner-00000008.json', 'owner-000000010.json', 'owner-7.json'])
    writeFileSync(join(folder, name), '{}')
  expect(await newestOwner(folder)).toBeNull()
  for (const generation of [3, 5, 4]) writeFileSync(join(folder, `owner-0000000${generation}.json`), '')
  expect((await newestOwner(folder))?.generation).toBe(5)
})

it.each([
  ['is empty, as while it is being written', (path: string) => writeFileSync(path, '')],
  ['lacks something', (path: string) => writeFileSync(path, '{}')],
  ['has just been removed', (path: string) => symlinkSync('nowhere', path)],
  ['is no file', (path: string) => mkdirSync(path)],
])('an owner whose file %s is not known', async (_, make) => {
  const folder = temporaryFolder()
  make(join(folder, 'owner-00000001.json'))
  expect(await newestOwner(folder)).toEqual({ generation: 1, record: null })
})

it('an owner whose file cannot be read at the moment is not taken for an unknown one', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  symlinkSync('file/in', join(folder, 'owner-00000001.json'))
  await expect(newestOwner(folder)).rejects.toMatchObject({ code: 'ENOTDIR' })
})

it('the files of an ownership are those of its owners, also while they are rewritten', () => {
  const names = ['owner-00000001.json', 'owner-00000001.json.new', 'owner-1.json', 'owner-00000001.json.new.json']
  expect(names.map(isOwnerFile)).toEqual([true, true, false, false])
})
