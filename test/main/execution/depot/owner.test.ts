import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { claim, whileOwned } from '../../../../src/main/execution/depot/owner.ts'
import { beatOf, ownerInWords } from '../../../../src/main/execution/depot/watch-owner.ts'
import { temporaryFolder, until } from '../../host/support.ts'

const options = { what: 'The phase', job: null, beatMilliseconds: 20, expiryMilliseconds: 400 }
/** So long that a test that waits for it has failed. */
const hang = 600_000

function writeOwner(folder: string, changes: object, generation = 1): void {
  const record = { host: 'node7', pid: 1, job: '12_3', machine: 'another', beat: 0, released: false, ...changes }
  writeFileSync(join(folder, `owner-${String(generation).padStart(8, '0')}.json`), JSON.stringify(record))
}

function recordIn(folder: string, generation: number) {
  const path = join(folder, `owner-${String(generation).padStart(8, '0')}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; machine: string; beat: number; released: boolean }
}

/** Milliseconds until a folder is taken, which is released then. */
async function timeToTake(folder: string): Promise<number> {
  const began = performance.now()
  const taken = await claim(folder, options)
  const time = performance.now() - began
  await taken.release()
  return time
}

/** Of this process, on this machine. */
async function ownRecord(): Promise<{ machine: string }> {
  const folder = temporaryFolder()
  await (await claim(folder, options)).release()
  return JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8'))
}

describe('the owner of a folder', () => {
  it('keeps it until it is released, and then another takes it', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'job.json'), '{}')
    const first = await claim(folder, { ...options, job: '7_1' })
    expect(await ownerInWords(folder)).toMatch(/^process \d+ on \S+ \(job 7_1\), last active at \d\d:\d\d$/)
    await expect(claim(folder, options)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process ${process.pid} on `),
    })
    await until(() => recordIn(folder, 1).beat > 1)
    await expect(claim(folder, options)).rejects.toThrow('job 7_1')
    await first.release()
    expect(await ownerInWords(folder)).toBeNull()
    const second = await claim(folder, options)
    expect(await ownerInWords(folder)).toMatch(/^process \d+ on \S+, last active at/)
    await second.release()
    expect(readdirSync(folder)).toEqual(['job.json', 'owner-00000002.json'])
  })

  it('on this machine is alive between two beats, and need not be watched', async () => {
    const folder = temporaryFolder()
    const owner = await claim(folder, { ...options, beatMilliseconds: 600_000 })
    await expect(claim(folder, { ...options, beatMilliseconds: 600_000 })).rejects.toMatchObject({ code: 'conflict' })
    await owner.release()
  })

  it('on another machine is alive once its file changes, whatever processes there are here', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { pid })
    let beat = 0
    const timer = setInterval(() => writeOwner(folder, { pid, beat: ++beat }), 50)
    const patient = { ...options, expiryMilliseconds: hang }
    await expect(claim(folder, patient)).rejects.toThrow(`The phase is being worked on by process ${pid} on node7`)
    clearInterval(timer)
  })

  it('is the process that has taken the folder while the one before was watched', async () => {
    const folder = temporaryFolder()
    for (const [changes, name] of [
      [{ host: 'node8', job: null }, 'process 1 on node8.'],
      [null, 'another process.'],
    ] as const) {
      writeOwner(folder, {}, 1)
      rmSync(join(folder, 'owner-00000002.json'), { force: true })
      const claimed = claim(folder, { ...options, expiryMilliseconds: hang })
      const next = join(folder, 'owner-00000002.json')
      setTimeout(() => (changes ? writeOwner(folder, changes, 2) : writeFileSync(next, '')), 100)
      await expect(claimed).rejects.toThrow(`is being worked on by ${name} Wait for it, or end it.`)
    }
  })

  it('may release the folder while it is watched', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, {})
    setTimeout(() => writeOwner(folder, { released: true }), 100)
    const taken = await claim(folder, { ...options, expiryMilliseconds: hang })
    await taken.release()
  })

  it('is watched no longer than the one who waits wants', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, {})
    const abandon = AbortSignal.timeout(100)
    const claimed = claim(folder, { ...options, beatMilliseconds: hang, expiryMilliseconds: hang, abandon })
    await expect(claimed).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(folder)).toEqual(['owner-00000001.json'])
  })

  it('shows by beats that it is alive', async () => {
    const folder = temporaryFolder()
    expect(await beatOf(folder)).toBeNull()
    writeFileSync(join(folder, 'owner-00000001.json'), '')
    expect(await beatOf(folder)).toBe('1 undefined')
    writeOwner(folder, { beat: 7 }, 2)
    expect(await beatOf(folder)).toBe('2 7')
    writeOwner(folder, { released: true }, 2)
    expect(await beatOf(folder)).toBeNull()
    const file = join(folder, 'owner-00000002.json')
    for (const read of [beatOf, ownerInWords]) await expect(read(file)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('on another machine is dead once its file has not changed for the time of its expiry', async () => {
    for (const write of [
      (folder: string) => writeOwner(folder, { beatAt: uptime() }),
      // It died while it created the file.
      (folder: string) => writeFileSync(join(folder, 'owner-00000001.json'), ''),
    ]) {
      const folder = temporaryFolder()
      write(folder)
      expect(await timeToTake(folder)).toBeGreaterThanOrEqual(options.expiryMilliseconds)
    }
  })

  it('is another process while one takes the folder whose file cannot be found yet', async () => {
    const folder = temporaryFolder()
    symlinkSync('nowhere', join(folder, 'owner-00000001.json'))
    expect(await ownerInWords(folder)).toBe('another process')
  })

  it('of a folder that was removed meanwhile is none', async () => {
    const folder = join(temporaryFolder(), 'removed')
    expect([await beatOf(folder), await ownerInWords(folder)]).toEqual([null, null])
    await expect(claim(folder, options)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('of a folder of one machine alone is dead at once where it was of another boot or container', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, {})
    await (await claim(folder, { ...options, isLocal: true, abandon: AbortSignal.abort() })).release()
    // The power failed before its file was on the disk.
    writeFileSync(join(folder, 'owner-00000002.json'), '')
    await (await claim(folder, { ...options, isLocal: true, abandon: AbortSignal.abort() })).release()
    writeOwner(folder, { ...(await ownRecord()), pid: process.pid, released: false, beatAt: uptime() }, 4)
    await expect(claim(folder, { ...options, isLocal: true })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('on this machine is dead at once when its process is gone', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { ...(await ownRecord()), pid, released: false })
    const taken = await claim(folder, { ...options, expiryMilliseconds: hang })
    expect(readdirSync(folder)).toEqual(['owner-00000002.json'])
    await taken.release()
  })

  it('is dead at once where another process has its id', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, { ...(await ownRecord()), pid: process.pid, started: '1', released: false })
    expect(await ownerInWords(folder)).toBeNull()
    const taken = await claim(folder, { ...options, expiryMilliseconds: hang })
    await taken.release()
  })

  it('is dead once its beat has stopped, although its process goes on', async () => {
    const folder = temporaryFolder()
    // The second one is of before a restart, where only the name of a machine is known.
    for (const beatAt of [uptime() - 1, uptime() + 1000]) {
      writeOwner(folder, { ...(await ownRecord()), released: false, beatAt })
      expect(await timeToTake(folder)).toBeGreaterThanOrEqual(options.expiryMilliseconds)
      rmSync(join(folder, 'owner-00000002.json'))
    }
  })

  it('of an earlier version is dead once its beat has stopped', async () => {
    const folder = temporaryFolder()
    const { machine } = await ownRecord()
    writeOwner(folder, { machine, pid: process.pid })
    expect(await timeToTake(folder)).toBeGreaterThanOrEqual(options.expiryMilliseconds)
  })

  it('killed in a container is no hindrance when that is started again', async ({ skip }) => {
    skip(!hasNamespaces(), 'this process may not make process namespaces (unshare --pid)')
    const folder = temporaryFolder()
    await takeAndDie(folder)
    const before = recordIn(folder, 1)
    expect(before.pid).toBe(1)
    // The kernel gives the number of a namespace again once it has forgotten the old one.
    const [, namespace] = before.machine.split(' ')
    await until(() => takeAndDie(folder, namespace))
    expect(readdirSync(folder)).toEqual(['owner-00000002.json'])
    const { pid, machine } = before
    expect(recordIn(folder, 2)).toMatchObject({ pid, machine, released: false })
  })

  it('is one process alone where many replace a dead owner at once', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { ...(await ownRecord()), pid, released: false }, 41)
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => claim(folder, options)))
    const winners = taken.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(winners).toHaveLength(1)
    const refusals = taken.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['conflict']))
    await winners[0]!.release()
    expect(readdirSync(folder)).toEqual(['owner-00000042.json'])
  })

  it('notices that another process took it for dead and replaced it', async () => {
    const folder = temporaryFolder()
    for (const replace of [() => writeOwner(folder, {}, 2), () => {}]) {
      rmSync(join(folder, 'owner-00000002.json'), { force: true })
      const owner = await claim(folder, options)
      replace()
      rmSync(join(folder, 'owner-00000001.json'))
      await until(() => owner.lost.aborted)
      expect(owner.lost.reason).toMatchObject({ code: 'conflict' })
      const names = readdirSync(folder)
      await owner.release()
      expect(readdirSync(folder)).toEqual(names)
    }
  })

  it('leaves it to another process that has taken it under the same number, once its files were removed', async () => {
    const folder = temporaryFolder()
    for (const beatMilliseconds of [20, hang]) {
      const owner = await claim(folder, { ...options, beatMilliseconds })
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
      writeOwner(folder, {})
      if (beatMilliseconds < hang) await until(() => owner.lost.aborted || recordIn(folder, 1).machine !== 'another')
      await owner.release()
      expect(recordIn(folder, 1)).toMatchObject({ machine: 'another', released: false })
      rmSync(join(folder, 'owner-00000001.json'))
    }
  })

  it('loses it once its file could not be rewritten for half of its expiry', async () => {
    const folder = join(temporaryFolder(), 'phase')
    mkdirSync(folder)
    const owner = await claim(folder, { ...options, expiryMilliseconds: 2000 })
    rmSync(folder, { recursive: true })
    const began = performance.now()
    await until(() => owner.lost.aborted)
    expect(performance.now() - began).toSatisfy((waited: number) => waited > 900 && waited < 1900)
    expect(owner.lost.reason).toMatchObject({ code: 'ENOENT' })
    await owner.release()
  })
})

describe('work that is done as the owner of a folder', () => {
  it('is done, and the folder released', async () => {
    const folder = temporaryFolder()
    const owners: (string | null)[] = []
    const done = whileOwned(folder, options, async () => void owners.push(await ownerInWords(folder)))
    expect([await done, owners, await ownerInWords(folder)]).toEqual([
      true,
      [expect.stringContaining(`process ${process.pid}`)],
      null,
    ])
    const failing = whileOwned(folder, options, () => Promise.reject(new Error('fault')))
    await expect(failing).rejects.toThrow('fault')
    expect(await ownerInWords(folder)).toBeNull()
  })

  it('is not done while another process has the folder', async () => {
    const folder = temporaryFolder()
    const owner = await claim(folder, options)
    const work = async () => expect.unreachable()
    expect(await whileOwned(folder, options, work)).toBe(false)
    await owner.release()
  })

  it('is not done where the folder cannot be taken for another reason', async () => {
    const work = async () => expect.unreachable()
    await expect(whileOwned(join(temporaryFolder(), 'missing'), options, work)).rejects.toMatchObject({
      code: 'ENOENT',
    })
    // Nobody can make files there.
    if (process.platform === 'linux')
      await expect(whileOwned('/sys', options, work)).rejects.toMatchObject({ code: 'disk' })
  })
})

const container = ['--pid', '--fork', '--kill-child', '--mount-proc']
const claimProcess = fileURLToPath(new URL('../../../support/claim-process.ts', import.meta.url))

const hasNamespaces = () => spawnSync('unshare', [...container, 'true']).status === 0

/** A container whose process 1 takes a folder and is killed then; false where its namespace has another number than is wanted. */
async function takeAndDie(folder: string, namespace = ''): Promise<boolean> {
  const command = `[ -z "$2" ] || [ "$2" = "$(readlink /proc/self/ns/pid)" ] && exec "$0" ${claimProcess} "$1"`
  const child = spawn('unshare', [...container, 'sh', '-c', command, process.execPath, folder, namespace])
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close')
  const said = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)])
  if (said === null) return false
  expect(String(said[0]).trim()).toBe('taken')
  child.kill('SIGKILL')
  await ended
  return true
}
