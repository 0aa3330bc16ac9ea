import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claim, isOwned } from '../../src/main/depot/owner.ts'
import { temporaryFolder, until } from '../host/support.ts'

const options = { what: 'The phase', job: null, beatMilliseconds: 20, expiryMilliseconds: 400 }

function writeOwner(folder: string, changes: object, generation = 1): void {
  const record = { host: 'node7', pid: 1, job: '12_3', machine: 'another', beat: 0, released: false, ...changes }
  writeFileSync(join(folder, `owner-${String(generation).padStart(8, '0')}.json`), JSON.stringify(record))
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
    expect(await isOwned(folder)).toBe(true)
    await expect(claim(folder, options)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process ${process.pid} on `),
    })
    await expect(claim(folder, options)).rejects.toThrow('job 7_1')
    await first.release()
    expect(await isOwned(folder)).toBe(false)
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

  it('on this machine is dead at once when its process is gone', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { ...(await ownRecord()), pid, released: false })
    const taken = await claim(folder, { ...options, expiryMilliseconds: 600_000 })
    await taken.release()
  })

  it('is one alone where many take over a dead one at once', async () => {
    const folder = temporaryFolder()
    const { pid } = spawnSync('true')
    writeOwner(folder, { ...(await ownRecord()), pid, released: false }, 41)
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => claim(folder, options)))
    const winners = taken.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(winners).toHaveLength(1)
    await winners[0]!.release()
    expect(readdirSync(folder)).toEqual(['owner-00000042.json'])
  })

  it('notices that it was taken for dead', async () => {
    const folder = temporaryFolder()
    const owner = await claim(folder, options)
    writeOwner(folder, {}, 2)
    await until(() => owner.lost.aborted)
    expect(owner.lost.reason).toMatchObject({ code: 'conflict' })
    await owner.release()
    expect(readdirSync(folder)).toContain('owner-00000002.json')
  })
})
