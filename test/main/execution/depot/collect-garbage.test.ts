import Database from 'better-sqlite3'
import { execFileSync, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { collectGarbage } from '../../../../src/main/execution/depot/collect-garbage.ts'
import { keepWeights } from '../../../../src/main/execution/depot/keep-weights.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { phaseIdOf, writeJob, type PhaseJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { depotSummary } from '../../../../src/main/execution/depot/summary.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { acquireHostLock } from '../../../../src/main/store/lock.ts'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { exitlab } from '../../cli/support.ts'
import { temporaryFolder, until } from '../../host/support.ts'
import { addExperiment, addRun } from '../../store/support.ts'
import { fillDisk, mountSmallDisk } from '../../../support/small-disk.ts'
import { idOf, makePhase } from './made-phase.ts'
import { fakeDepot, jobOf } from './support.ts'

const patience = { beatMilliseconds: 20, expiryMilliseconds: 200 }
const remove = { remove: true, patience }

/** Names of all files below a folder with their bytes, ownership left out. */
function contentOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('owner-'))
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'hex')]),
  )
}

/** A trained phase, one that starts from it, and one of its own; the last two only have jobs. */
async function stage() {
  const made = fakeDepot()
  const parent = await made.add()
  await made.train(parent)
  const child = await made.add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
  const other = await made.add(jobOf({ seed: 3 }))
  return { ...made, parent, child, other }
}

/** A workspace with a run of these phases. */
function workspaceWith(phases: string[], folder = temporaryFolder()): string {
  const store = openStore(folder)
  if (phases.length > 0) {
    addExperiment(store)
    addRun(store, 'a1', phases)
  }
  store.close()
  return folder
}

describe('cleaning a depot', () => {
  it('removes weights that no phase starts from any more', async () => {
    const made = fakeDepot()
    const [weights, others] = ['weights', 'others'].map((text) => {
      const source = join(temporaryFolder(), text)
      writeFileSync(source, text)
      return { source, sha256: hash('sha256', text), kept: join(made.depot, 'weights', hash('sha256', text)) }
    })
    const ids: string[] = []
    for (const { source, sha256 } of [weights!, others!]) {
      const job = jobOf({ initial: { kind: 'weights', sha256, source } })
      await keepWeights(made.depot, job.definition)
      ids.push(await made.add(job))
    }
    const needed = () => new Set([ids[0]!])
    const found = await collectGarbage(made.depot, { needed, remove: false, patience })
    expect(found).toMatchObject({ phases: [ids[1]], files: 1 })
    expect(existsSync(others!.kept)).toBe(true)
    expect(await collectGarbage(made.depot, { needed, ...remove })).toEqual(found)
    expect([weights!, others!].map(({ kept }) => existsSync(kept))).toEqual([true, false])
  })

  it('removes unfinished and damaged files and nothing that is needed', async () => {
    const { depot, folderOf, parent, other } = await stage()
    const before = contentOf(depot)
    const finished = join(folderOf(parent), 'step-000000004.safetensors')
    writeFileSync(finished, 'unfinished')
    writeFileSync(join(folderOf(parent), 'epoch-00001.safetensors.damaged'), 'damaged')
    symlinkSync('nowhere', join(folderOf(other), 'final.safetensors.partial'))
    const counted = await collectGarbage(depot, { needed: null, remove: false })
    expect(counted).toMatchObject({ phases: [], files: 3, bytes: 17 + 'nowhere'.length, busy: [] })
    expect(existsSync(finished)).toBe(true)
    expect(await collectGarbage(depot, { needed: null, ...remove })).toEqual(counted)
    expect(contentOf(depot)).toEqual(before)
    expect(await collectGarbage(depot, { needed: null, ...remove })).toMatchObject({ files: 0, bytes: 0 })
  })

  it('removes the checkpoints of a phase that is done, but none of one that goes on from them', async () => {
    const depot = temporaryFolder()
    const made = { snapshots: [1, 2], files: { 'evaluation.json': '{}', 'evaluation.safetensors': '' } }
    const [begun, done] = [
      await makePhase(depot, idOf(1), made),
      await makePhase(depot, idOf(2), { ...made, weights: '' }),
    ]
    const before = contentOf(begun)
    const found = await collectGarbage(depot, { needed: null, ...remove })
    expect(found).toMatchObject({ phases: [], files: 4 })
    expect(contentOf(begun)).toEqual(before)
    expect(
      Object.keys(contentOf(done))
        .map((path) => basename(path))
        .sort(),
    ).toEqual([
      ...['evaluation.json', 'evaluation.safetensors', 'final.safetensors', 'final.safetensors.manifest.json'],
    ])
  })

  it('removes phases without a job, with a damaged one and with further folders, which it counts', async () => {
    const depot = temporaryFolder()
    await makePhase(depot, idOf(1))
    const folder = await makePhase(depot, idOf(2), { files: { 'job.json': '{' } })
    mkdirSync(join(folder, 'notes'))
    writeFileSync(join(folder, 'notes', 'note'), 'abc')
    await makePhase(depot, idOf(3), { files: { 'events.jsonl': '12' } })
    const found = await collectGarbage(depot, { needed: () => new Set([idOf(1)]), ...remove })
    expect(found).toMatchObject({ phases: [idOf(2), idOf(3)], bytes: 6 })
    expect([1, 2, 3].map((digit) => existsSync(join(depot, idOf(digit))))).toEqual([true, false, false])
  })

  it('removes nothing where it cannot be read what a phase starts from', async () => {
    const { depot, folderOf, parent, child, other } = await stage()
    writeFileSync(join(folderOf(child), 'submission.json'), '')
    rmSync(join(folderOf(child), 'job.json'))
    writeFileSync(join(folderOf(child), 'file'), '')
    symlinkSync('file/in', join(folderOf(child), 'job.json'))
    const collected = collectGarbage(depot, { needed: () => new Set([other]), ...remove })
    await expect(collected).rejects.toMatchObject({ code: 'disk' })
    expect(existsSync(join(folderOf(parent), 'final.safetensors'))).toBe(true)
  })

  it('removes phases that are not needed, but none in work on this machine or another', async () => {
    const { depot, folderOf, parent, child, other } = await stage()
    const extra = await Promise.all([4, 5].map((seed) => fakeJob(depot, seed)))
    // The parent has nothing to be removed.
    for (const id of [other, parent]) {
      const owner = await claim(folderOf(id), { what: 'The phase', job: null, ...patience })
      onTestFinished(() => owner.release())
    }
    const beating = writeOwners(folderOf(extra[0]!))
    writeOwners(folderOf(extra[1]!)).stop()
    const needed = () => new Set([parent])
    const found = await collectGarbage(depot, { needed, ...remove })
    beating.stop()
    expect(found.phases).toEqual([child, extra[1]!].toSorted())
    expect(found.busy).toEqual([other, extra[0]!].toSorted())
    expect([child, extra[1]!].map(folderOf).filter((folder) => existsSync(folder))).toEqual([])
    expect((await depotSummary(depot)).evaluated).toBe(1)
  })

  it('leaves phases with a submitted job alone, and those that they start from', async () => {
    const { depot, folderOf, parent, child, other } = await stage()
    const needed = await fakeJob(depot, 4)
    // Also where it cannot be read, as when a disk was full.
    writeFileSync(join(folderOf(child), 'submission.json'), '')
    const found = await collectGarbage(depot, { needed: () => new Set([needed]), ...remove })
    expect(found).toMatchObject({ phases: [other], submitted: [child], parents: [parent] })
    expect([parent, child, needed].every((id) => existsSync(folderOf(id)))).toBe(true)
  })

  it('removes leftovers of a needed phase from which one in work starts, and names each phase once', async () => {
    const { depot, folderOf, parent, child, other } = await stage()
    const middle = { kind: 'phase' as const, id: child, fresh: [] }
    const last = await writePhase(depot, jobOf({ seed: 5, initial: middle }))
    for (const id of [child, last]) {
      const owner = await claim(folderOf(id), { what: 'The phase', job: null, ...patience })
      onTestFinished(() => owner.release())
    }
    writeFileSync(join(folderOf(parent), 'step-000000004.safetensors'), 'unfinished')
    const found = await collectGarbage(depot, { needed: () => new Set([parent]), ...remove })
    expect(found).toMatchObject({ phases: [other], files: 1, busy: [child, last].toSorted(), parents: [] })
    expect(existsSync(join(folderOf(parent), 'step-000000004.safetensors'))).toBe(false)
  })

  it('does not empty a depot of which no phase is needed', async () => {
    const { depot } = await stage()
    const before = contentOf(depot)
    for (const remove of [true, false]) {
      const cleaned = collectGarbage(depot, { needed: () => new Set(['f'.repeat(64)]), remove, patience })
      await expect(cleaned).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('any of the 3 phases'),
      })
    }
    expect(contentOf(depot)).toEqual(before)
  })

  it('writes nothing into a folder without phases', async () => {
    const folder = temporaryFolder()
    expect(await collectGarbage(folder, { needed: () => new Set(), ...remove })).toMatchObject({ phases: [], files: 0 })
    expect(readdirSync(folder)).toEqual([])
  })

  it('counts no bytes of files that have other names', async () => {
    const source = await stage()
    const target = fakeDepot()
    await exitlab(['depot', 'merge', target.depot, source.depot])
    const needed = () => new Set([source.other])
    const { bytes } = await collectGarbage(target.depot, { needed, remove: false })
    const [events] = [readFileSync(join(target.folderOf(source.parent), 'events.jsonl'))]
    expect(bytes).toBe(events.length)
  })

  it('works on a full disk', async ({ skip }) => {
    const small = temporaryFolder()
    skip(!mountSmallDisk(small), 'this process may not mount a small disk')
    onTestFinished(() => unmount(small))
    const { depot, parent, other } = await stage()
    await exitlab(['depot', 'merge', small, depot])
    fillDisk(join(small, 'full'))
    await expect(claim(join(small, parent), { what: 'The phase', job: null })).rejects.toMatchObject({ code: 'disk' })
    expect(readdirSync(join(small, parent)).filter((name) => name.startsWith('owner-'))).toEqual([])
    const found = await collectGarbage(small, { needed: () => new Set([parent]), ...remove })
    expect(found.phases).toContain(other)
    expect(await depotSummary(small)).toMatchObject({ evaluated: 1, waiting: 0 })
  })

  it('goes on where it was killed', async () => {
    const made = await stage()
    const ids = await Promise.all(Array.from({ length: 30 }, (_, index) => fakeJob(made.depot, 10 + index)))
    const kept = contentOf(made.folderOf(made.parent))
    const workspace = workspaceWith([made.parent])
    const args = ['depot', 'gc', made.depot, '--keep', workspace, '--yes']
    for (const left of [30, 15]) {
      const child = spawn(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        cliProcess,
        made.fakeFolder,
        ...args,
      ])
      await until(() => child.exitCode !== null || ids.filter((id) => existsSync(made.folderOf(id))).length < left)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    }
    expect(await exitlab(args)).toMatchObject({ exitCode: 0 })
    expect(readdirSync(made.depot).filter((name) => !name.startsWith('owner-'))).toEqual([made.parent])
    expect(contentOf(made.folderOf(made.parent))).toEqual(kept)
  })
})

describe('exitlab depot gc', () => {
  it('prints what would be removed and how much, and removes it with --yes', async () => {
    const { depot, parent, child, other } = await stage()
    const workspace = workspaceWith([parent])
    const before = contentOf(depot)
    const args = ['depot', 'gc', depot, '--keep', workspace]
    const printed = await exitlab(args)
    expect(printed).toMatchObject({ exitCode: 0, stderr: '' })
    expect(printed.stdout).toMatch(
      /^2 phases and 0 files of others would be removed: [\d.]+ kB\.\nNothing was removed\./,
    )
    expect(printed.stdout).toContain(`→ exitlab depot gc ${depot} --keep ${workspace} --yes`)
    expect(contentOf(depot)).toEqual(before)
    expect(readdirSync(depot).filter((name) => name.startsWith('owner-'))).toEqual([])
    const { exitCode, stdout } = await exitlab([...args, '--yes', '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ phases: [child, other].toSorted(), removed: true })
    expect(await depotSummary(depot)).toEqual({ evaluated: 1, trained: 0, begun: 0, waiting: 0 })
  })

  it.each([
    ['is missing', () => join(temporaryFolder(), 'wrokspace'), 'there is no such folder'],
    ['has no store', temporaryFolder, 'it has no exitlab.db'],
  ])('refuses a workspace that %s, and removes nothing', async (_, folder, why) => {
    const { depot, parent } = await stage()
    const before = contentOf(depot)
    const named = folder()
    const { exitCode, stderr } = await exitlab([
      'depot',
      'gc',
      depot,
      '--keep',
      workspaceWith([parent]),
      named,
      '--yes',
    ])
    expect(exitCode).toBe(4)
    expect(stderr).toContain(`${named} is not a workspace: ${why}. Nothing was removed.`)
    expect(contentOf(depot)).toEqual(before)
  })

  it('refuses a workspace of an earlier version, which it does not change, and of a later one', async () => {
    const { depot, parent } = await stage()
    const workspace = workspaceWith([parent])
    for (const [version, exitCode] of [
      [3, 5],
      [900, 6],
    ] as const) {
      setVersion(workspace, version)
      const before = readFileSync(workspaceAt(workspace).database)
      expect(await exitlab(['depot', 'gc', depot, '--keep', workspace, '--yes'])).toMatchObject({ exitCode })
      expect(readFileSync(workspaceAt(workspace).database)).toEqual(before)
    }
    expect((await depotSummary(depot)).waiting).toBe(2)
  })

  it('keeps what a workspace needs that is reached by a link, or that a host has open', async () => {
    const { depot, parent, child } = await stage()
    const workspace = workspaceWith([parent])
    const link = join(temporaryFolder(), 'link')
    symlinkSync(workspace, link)
    const store = openStore(workspace)
    addRun(store, 'b2', [child])
    const { stdout } = await exitlab(['depot', 'gc', depot, '--keep', link, '--json'])
    store.close()
    expect(JSON.parse(stdout)).toMatchObject({ removed: false })
    expect(JSON.parse(stdout).phases).toHaveLength(1)
  })

  it.each([false, true])(
    'leaves the checkpoints of a workspace alone that a host has open (through a link: %s)',
    async (linked) => {
      const { depot, parent, child } = await stage()
      const workspace = workspaceWith([parent, child])
      const { checkpoints } = workspaceAt(workspace)
      await exitlab(['depot', 'merge', checkpoints, depot])
      const before = contentOf(checkpoints)
      const named = linked ? join(temporaryFolder(), 'link') : checkpoints
      if (linked) symlinkSync(checkpoints, named)
      const lock = acquireHostLock(workspaceAt(workspace), Date.now)
      const args = ['depot', 'gc', named, '--keep', workspaceWith([child]), '--yes']
      const refused = [await exitlab(args), await exitlab(['depot', 'merge', named, depot])]
      lock.release()
      for (const each of refused)
        expect(each).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('is in use by process') })
      expect(contentOf(checkpoints)).toEqual(before)
      // What its own runs need is kept in any case.
      expect(await exitlab(args)).toMatchObject({ exitCode: 0 })
      expect(await depotSummary(checkpoints)).toEqual({ evaluated: 1, trained: 0, begun: 0, waiting: 1 })
    },
  )

  it('counts in a depot that cannot be written, and refuses to remove with the reason', async ({ skip }) => {
    const { depot, parent } = await stage()
    const bound = temporaryFolder()
    skip(!mountReadOnly(depot, bound), 'this process may not mount')
    onTestFinished(() => unmount(bound))
    const args = ['depot', 'gc', bound, '--keep', workspaceWith([parent])]
    expect(await exitlab(args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 phases') })
    expect(await exitlab([...args, '--yes'])).toMatchObject({
      exitCode: 8,
      stderr: expect.stringContaining('read-only'),
    })
  })
})

const cliProcess = fileURLToPath(new URL('../../../support/cli-process.ts', import.meta.url))

/** A phase with a job only, in which nothing was done. */
const fakeJob = (depot: string, seed: number) => writePhase(depot, jobOf({ seed }))

async function writePhase(depot: string, job: PhaseJob): Promise<string> {
  const id = phaseIdOf(job.definition)
  await writeJob(depot, id, job)
  return id
}

/** The owner of a folder as another machine writes it, with a beat until it is stopped. */
function writeOwners(folder: string) {
  const record = { host: 'node7', pid: 1, job: null, machine: 'another', released: false }
  let beat = 0
  const write = () => writeFileSync(join(folder, 'owner-00000001.json'), JSON.stringify({ ...record, beat: ++beat }))
  write()
  const timer = setInterval(write, 50)
  const stop = () => clearInterval(timer)
  onTestFinished(stop)
  return { stop }
}

function setVersion(workspace: string, version: number): void {
  const database = new Database(workspaceAt(workspace).database)
  database.pragma(`user_version = ${version}`)
  database.pragma('journal_mode = DELETE')
  database.close()
}

function mountReadOnly(folder: string, at: string): boolean {
  try {
    execFileSync('mount', ['--bind', folder, at], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'remount,bind,ro', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const unmount = (folder: string) => void execFileSync('umount', ['--lazy', folder])
