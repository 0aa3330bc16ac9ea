import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { acquireHostLock, readHostRecord } from '../../../src/main/store/lock.ts'
import { migrations } from '../../../src/main/store/migrations/index.ts'
import { openStore, openStoreReadOnly, prepareWorkspace } from '../../../src/main/store/open.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'
import { addExperiment, addRun, temporaryFolder } from './support.ts'

describe('opening a store', () => {
  it('makes the workspace and brings an empty store to the present version, once', () => {
    const folder = join(temporaryFolder(), 'deep', 'workspace')
    const store = openStore(folder)
    addExperiment(store)
    store.close()
    const again = openStore(folder)
    expect(again.experiments.get('e1')?.file.name).toBe('toy')
    expect(again.integrityProblems()).toEqual([])
    again.close()
    const raw = new Database(workspaceAt(folder).database, { readonly: true })
    expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    const loose = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'`
    expect(raw.prepare(loose).pluck().all()).toEqual([])
    raw.close()
  })

  it.skipIf(process.platform === 'win32').each([
    ['a pipe', (path: string) => void execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => void mkdirSync(path)],
    ['a device', (path: string) => symlinkSync('/dev/null', path)],
  ])('refuses %s in the place of a store', (_, make) => {
    const folder = temporaryFolder()
    make(workspaceAt(folder).database)
    for (const open of [openStore, openStoreReadOnly])
      expect(() => open(folder)).toThrow(
        expect.objectContaining({
          code: 'workspace-damaged',
          message: expect.stringContaining('is a folder, a device or a pipe, not a file') as string,
        }),
      )
  })

  it('refuses a store made by a newer version and leaves it as it was', () => {
    const folder = temporaryFolder()
    openStore(folder).close()
    const raw = new Database(workspaceAt(folder).database)
    raw.pragma(`user_version = ${migrations.length + 1}`)
    raw.close()
    for (const open of [openStore, openStoreReadOnly]) {
      expect(() => open(folder)).toThrow(expect.objectContaining({ code: 'workspace-too-new' }))
    }
    const after = new Database(workspaceAt(folder).database)
    expect(after.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
    after.close()
  })

  it.each([
    ['cut off', (path: string) => truncateSync(path, 5000)],
    ['overwritten', (path: string) => writeFileSync(path, 'not a database, whatever its name says'.repeat(200))],
  ])('refuses a damaged store by name: %s', (_, damage) => {
    const folder = temporaryFolder()
    openStore(folder).close()
    damage(workspaceAt(folder).database)
    const before = readFileSync(workspaceAt(folder).database)
    expect(() => openStore(folder)).toThrow(
      expect.objectContaining({ code: 'workspace-damaged', message: expect.stringContaining('exitlab.db') as string }),
    )
    expect(readFileSync(workspaceAt(folder).database).equals(before)).toBe(true)
  })

  it('refuses the SQLite file of another program, untouched', () => {
    const folder = temporaryFolder()
    const raw = new Database(workspaceAt(folder).database)
    raw.exec('CREATE TABLE other (x)')
    raw.close()
    const before = readFileSync(workspaceAt(folder).database)
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'workspace-damaged' }))
    expect(readFileSync(workspaceAt(folder).database).equals(before)).toBe(true)
    expect(readdirSync(folder).filter((name) => name.startsWith('exitlab.db'))).toEqual(['exitlab.db'])
  })

  it('reports that it has no permission to write', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => openStore(join(file, 'workspace'))).toThrow(expect.objectContaining({ code: 'disk' }))
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder without write permission (not as root, who may always)', () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o555)
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'disk' }))
  })

  it('can be read beside the process that writes it, and sees what was committed', () => {
    const folder = temporaryFolder()
    expect(openStoreReadOnly(folder)).toBeNull()
    const writer = openStore(folder)
    const reader = openStoreReadOnly(folder)!
    addExperiment(writer)
    addRun(writer, 'r1', ['p1'])
    expect(reader.summaries.all().map((run) => run.id)).toEqual(['r1'])
    expect(() => reader.runs.setStatus('r1', 'paused')).toThrow(/readonly/)
    writer.close()
    expect(reader.summaries.all()).toHaveLength(1)
    reader.close()
  })

  it('can be read where nothing can be written beside it, as on a read-only file system', () => {
    const folder = temporaryFolder()
    const writer = openStore(folder)
    addExperiment(writer)
    addRun(writer, 'r1', ['p1'])
    writer.close()
    // What SQLite would make even to read cannot be made.
    mkdirSync(`${workspaceAt(folder).database}-shm`)
    const before = readFileSync(workspaceAt(folder).database)
    const reader = openStoreReadOnly(folder)!
    expect(reader.summaries.all().map((run) => run.id)).toEqual(['r1'])
    reader.close()
    expect(readFileSync(workspaceAt(folder).database).equals(before)).toBe(true)
  })

  it('can be read on a disk that is full', ({ skip }) => {
    const folder = temporaryFolder()
    skip(!mountSmallDisk(folder, 1024), 'this process may not mount a small disk')
    try {
      const writer = openStore(folder)
      addExperiment(writer)
      addRun(writer, 'r1', ['p1'])
      writer.close()
      expect(() => writeFileSync(join(folder, 'filler'), new Uint8Array(1 << 20))).toThrow('ENOSPC')
      const reader = openStoreReadOnly(folder)!
      expect(reader.summaries.all().map((run) => run.id)).toEqual(['r1'])
      reader.close()
    } finally {
      execFileSync('umount', [folder])
    }
  })

  it('says on a full disk how much space it takes to delete runs', ({ skip }) => {
    const folder = temporaryFolder()
    skip(!mountSmallDisk(folder, 1024), 'this process may not mount a small disk')
    try {
      openStore(folder).close()
      acquireHostLock(workspaceAt(folder), Date.now).release()
      expect(() => writeFileSync(join(folder, 'filler'), new Uint8Array(1 << 20))).toThrow('ENOSPC')
      const refusal = expect.objectContaining({
        code: 'disk',
        message: expect.stringMatching(
          /at least 100 kB, which `exitlab delete` and `exitlab purge` also need/,
        ) as string,
      }) as Error
      expect(() => acquireHostLock(workspaceAt(folder), Date.now)).toThrow(refusal)
      expect(() => openStore(folder)).toThrow(refusal)
      truncateSync(join(folder, 'filler'), statSync(join(folder, 'filler')).size - 100_000)
      const lock = acquireHostLock(workspaceAt(folder), Date.now)
      const store = openStore(folder)
      store.settings.set('parallel', 2)
      store.close()
      lock.release()
    } finally {
      execFileSync('umount', [folder])
    }
  })

  it('can be read when no host is running', () => {
    const folder = temporaryFolder()
    const writer = openStore(folder)
    addExperiment(writer)
    writer.close()
    const reader = openStoreReadOnly(folder)!
    expect(reader.experiments.all()).toHaveLength(1)
    reader.close()
  })

  it('undoes a transaction whose body fails', () => {
    const store = openStore(temporaryFolder())
    expect(() =>
      store.transaction(() => {
        addExperiment(store)
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(store.experiments.all()).toEqual([])
    store.close()
  })
})

describe('the host lock', () => {
  it('refuses a second host and names the first', () => {
    const workspace = prepareWorkspace(temporaryFolder())
    const lock = acquireHostLock(workspace, () => 7)
    lock.announce('/socket')
    expect(() => acquireHostLock(workspace, () => 8)).toThrow(
      expect.objectContaining({
        code: 'workspace-in-use',
        message: expect.stringContaining(`process ${process.pid}`) as string,
      }),
    )
    expect(readHostRecord(workspace)).toMatchObject({ pid: process.pid, startedAt: 7, address: '/socket' })
    lock.release()
    expect(existsSync(workspace.hostRecord)).toBe(false)
    acquireHostLock(workspace, () => 9).release()
  })

  it.each(['', '{"pid":1', 'null', '{"pid":"1","startedAt":2,"address":null}', '{"pid":7,"startedAt":2}'])(
    'ignores a damaged record: %j',
    (text) => {
      const workspace = prepareWorkspace(temporaryFolder())
      writeFileSync(workspace.hostRecord, text)
      expect(readHostRecord(workspace)).toBeNull()
      const lock = acquireHostLock(workspace, () => 7)
      writeFileSync(workspace.hostRecord, text)
      expect(() => acquireHostLock(workspace, () => 8)).toThrow('in use by another process')
      lock.announce('/socket')
      expect(readHostRecord(workspace)).toMatchObject({ pid: process.pid, startedAt: 7, address: '/socket' })
      lock.release()
    },
  )

  it.skipIf(process.platform === 'win32')('counts a pipe or a huge file in the place of a record as none', () => {
    const workspace = prepareWorkspace(temporaryFolder())
    execFileSync('mkfifo', [workspace.hostRecord])
    expect(readHostRecord(workspace)).toBeNull()
    rmSync(workspace.hostRecord)
    writeFileSync(workspace.hostRecord, '')
    truncateSync(workspace.hostRecord, 8e12)
    expect(readHostRecord(workspace)).toBeNull()
  })

  it.skipIf(!existsSync('/dev/full'))(
    'is refused where the disk is full, with nothing left behind, and free again',
    () => {
      const workspace = prepareWorkspace(temporaryFolder())
      symlinkSync('/dev/full', `${workspace.hostRecord}.partial`)
      expect(() => acquireHostLock(workspace, () => 7)).toThrow(
        expect.objectContaining({
          code: 'disk',
          message: expect.stringMatching(/disk is full.*Free some space/) as string,
        }),
      )
      expect(readdirSync(workspace.folder).filter((name) => name.startsWith('host.json'))).toEqual([])
      acquireHostLock(workspace, () => 8).release()
    },
  )

  it('is that of one folder, wherever it is moved, and not of its copy', () => {
    const [folder, copy, moved] = ['workspace', 'copy', 'moved'].map((name) => join(temporaryFolder(), name))
    const lock = acquireHostLock(prepareWorkspace(folder!), () => 7)
    cpSync(folder!, copy!, { recursive: true })
    expect(readHostRecord(workspaceAt(copy!))).toBeNull()
    acquireHostLock(workspaceAt(copy!), () => 8).release()
    renameSync(folder!, moved!)
    expect(readHostRecord(workspaceAt(moved!))).toMatchObject({ startedAt: 7 })
    symlinkSync(moved!, folder!)
    expect(readHostRecord(workspaceAt(folder!))).toMatchObject({ startedAt: 7 })
    lock.release()
  })

  it('is released when its owner is killed', async () => {
    const workspace = prepareWorkspace(temporaryFolder())
    const owner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { acquireHostLock } = await import(process.argv[1])
         acquireHostLock(JSON.parse(process.argv[2]), Date.now)
         console.log('held'); setInterval(() => {}, 1000)`,
        new URL('../../../src/main/store/lock.ts', import.meta.url).href,
        JSON.stringify(workspace),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(owner.stdout, 'data')
    expect(() => acquireHostLock(workspace, Date.now)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`process ${owner.pid}`) as string }),
    )
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    acquireHostLock(workspace, Date.now).release()
  })
})
