import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { shareLocks, withLock } from '../../scripts/setup/lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A process that lives until it is told to end. */
function liveProcess() {
  return spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
}

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  return child.pid!
}

describe('the lock of set-up', () => {
  it('lets one set-up work at a time', async () => {
    const path = join(folder, 'one')
    const log: string[] = []
    const begun = Promise.withResolvers<void>()
    const first = withLock(path, async () => {
      log.push('first begins')
      begun.resolve()
      await sleep(50)
      log.push('first ends')
    })
    await begun.promise
    await Promise.all([first, withLock(path, async () => void log.push('second begins'))])
    expect(log).toEqual(['first begins', 'first ends', 'second begins'])
    expect(existsSync(path)).toBe(false)
  })

  it('is given back when the work fails', async () => {
    const path = join(folder, 'failing')
    await expect(withLock(path, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')
    await expect(withLock(path, async () => 'done')).resolves.toBe('done')
  })

  it('is taken over from a set-up that was killed', async () => {
    const path = join(folder, 'killed')
    writeFileSync(path, `${hostname()} ${await endedProcess()}`)
    await expect(withLock(path, async () => readFileSync(path, 'utf8'))).resolves.toBe(`${hostname()} ${process.pid}`)
  })

  it('waits for processes that a killed set-up started', async () => {
    const path = join(folder, 'orphan')
    const orphan = liveProcess()
    writeFileSync(path, `${hostname()} ${await endedProcess()} ${orphan.pid}`)
    let held = false
    const waiting = withLock(path, async () => {
      held = true
    })
    await sleep(600)
    expect(held).toBe(false)
    orphan.kill('SIGKILL')
    await once(orphan, 'close')
    await waiting
    expect(held).toBe(true)
  })

  it('names the programs that work under it', async () => {
    const path = join(folder, 'shared')
    const content = await withLock(path, async () => {
      shareLocks(4242)
      return readFileSync(path, 'utf8')
    })
    expect(content).toBe(`${hostname()} ${process.pid} 4242`)
  })

  it('does not replace the owner on another machine', async () => {
    const path = join(folder, 'elsewhere')
    writeFileSync(path, 'another-machine 1')
    let held = false
    const waiting = withLock(path, async () => {
      held = true
    })
    await sleep(600)
    expect(held).toBe(false)
    rmSync(path)
    await waiting
    expect(held).toBe(true)
  })
})
