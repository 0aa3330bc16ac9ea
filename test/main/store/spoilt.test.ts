import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { acquireHostLock, readHostRecord } from '../../../src/main/store/lock.ts'
import { openStore, openStoreReadOnly, prepareWorkspace } from '../../../src/main/store/open.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { temporaryFolder } from './support.ts'

const refusal = (code: string, part: string) =>
  expect.objectContaining({ name: 'ExitlabError', code, message: expect.stringContaining(part) as string })

it('a workspace that is a file, or below one, is refused as no folder', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  for (const folder of [file, join(file, 'below')])
    expect(() => readHostRecord(workspaceAt(folder))).toThrow(refusal('disk', 'is not a folder'))
})

it('a lock of random bytes is refused with what to do', () => {
  const workspace = prepareWorkspace(temporaryFolder())
  writeFileSync(workspace.lock, Buffer.concat([Buffer.from('no lock'), randomBytes(4096)]))
  expect(() => acquireHostLock(workspace, () => 7)).toThrow(refusal('workspace-damaged', 'Remove it while no other'))
})

it.each([
  ['has tables but no version', 'PRAGMA user_version = 0', [openStore]],
  ['has a version below zero', 'PRAGMA user_version = -5', [openStore]],
  ['lacks a table', 'DROP TABLE tags', [openStore, openStoreReadOnly]],
])('a store that %s is refused as damaged', (_, change, opens) => {
  const folder = temporaryFolder()
  openStore(folder).close()
  const raw = new Database(workspaceAt(folder).database)
  raw.exec(change)
  raw.close()
  for (const open of opens) expect(() => open(folder)).toThrow(refusal('workspace-damaged', 'its tables were modified'))
})
