import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { beatOf, claim, ownerInWords } from '../../src/main/depot/owner.ts'
import { temporaryFolder, until } from '../host/support.ts'

const options = { what: 'The phase', job: null, beatMilliseconds: 20, expiryMilliseconds: 400 }

function writeOwner(folder: string, changes: object, generation = 1): void {
  const record = { host: 'node7', pid: 1, job: '12_3', machine: 'another', beat: 0, released: false, ...changes }
  writeFileSync(join(folder, `owner-${String(generation).padStart(8, '0')}.json`), JSON.stringify(record))
}

function recordIn(folder: string, generation: number) {
  const path = join(folder, `owner-${String(generation).padStart(8, '0')}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; machine: string }
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
    await expect(claim(folder, options)).rejects.toThrow('job 7_1')
    await first.release()
    expect(await ownerInWords(folder)).toBeNull()
    const second = await claim(folder, options)
    await second.release()
    expect(readdirSync(folder)).toEqual(['job.json', 'owner-00000002.json'])
  })

  it('on another machine is alive while its file changes', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, {})
    let beat = 0
    const timer = setInterval(() => writeOwner(folder, { beat: ++beat }), 50)
    await expect(claim(folder, options)).rejects.toThrow('process 1 on node7 (job 12_3)')
    clearInterval(timer)
  })

  it('on another machine is dead once its file has not changed for the time of its expiry', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, {})
    const began = performance.now()
    const taken = await claim(folder, options)
    expect(performance.now() - began).toBeGreaterThanOrEqual(options.expiryMilliseconds)
    await taken.release()
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
    writeOwner(folder, { ...(await ownRecord()), pid: process.pid, released: false, beatAt: uptime() }, 3)
    await expect(claim(folder, { ...options, isLocal: true })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('on this machine is dead at once when its process is gone', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { ...(await ownRecord()), pid, released: false })
    const taken = await claim(folder, { ...options, expiryMilliseconds: 600_000 })
    expect(readdirSync(folder)).toEqual(['owner-00000002.json'])
    await taken.release()
  })

  it('is dead at once where another process has its id', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, { ...(await ownRecord()), pid: process.pid, started: '1', released: false })
    expect(await ownerInWords(folder)).toBeNull()
    const taken = await claim(folder, { ...options, expiryMilliseconds: 600_000 })
    await taken.release()
  })

  it('is dead once its beat has stopped, although its process goes on', async () => {
    const folder = temporaryFolder()
    writeOwner(folder, { ...(await ownRecord()), released: false, beatAt: 0 })
    const taken = await claim(folder, options)
    await taken.release()
  })

  it('of an earlier version is dead once its beat has stopped', async () => {
    const folder = temporaryFolder()
    const { machine } = await ownRecord()
    writeOwner(folder, { machine, pid: process.pid })
    const taken = await claim(folder, options)
    await taken.release()
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
    await winners[0]!.release()
    expect(readdirSync(folder)).toEqual(['owner-00000042.json'])
  })

  it('notices that another process took it for dead and replaced it', async () => {
    const folder = temporaryFolder()
    const owner = await claim(folder, options)
    writeOwner(folder, {}, 2)
    await until(() => owner.lost.aborted)
    expect(owner.lost.reason).toMatchObject({ code: 'conflict' })
    await owner.release()
    expect(readdirSync(folder)).toContain('owner-00000002.json')
  })
})

const container = ['--pid', '--fork', '--kill-child', '--mount-proc']
const claimProcess = fileURLToPath(new URL('../support/claim-process.ts', import.meta.url))

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
