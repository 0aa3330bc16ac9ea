import { existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasDisplay } from '../../../src/main/cli/browser.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { until } from '../host/support.ts'
import { exitlab, fakeContext } from './support.ts'

function temporaryWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-serve-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))
  return folder
}

/** `exitlab serve`, up to where it has said its address. */
async function serving(args: string[]) {
  const fake = fakeContext()
  const ended = runCommandLine(['serve', '--no-open', ...args], fake.context, '9.9.9')
  const early = ended.then((exitCode) => {
    if (!fake.written.stdout.includes('#token=')) throw new Error(`ended with ${exitCode}: ${fake.written.stderr}`)
    return null
  })
  const said = until(() => /http:\/\/\S+#token=\S+/.exec(fake.written.stdout)?.[0])
  const address = await Promise.race([said, early])
  return { ...fake, ended, address: new URL(address!) }
}

test('serves the built page until Ctrl-C, which ends it in good order', async () => {
  const workspace = temporaryWorkspace()
  const { written, signal, aborted, ended, address } = await serving(['--workspace', workspace, '--port', '0'])
  expect(written.stdout).toContain(`Exitlab serves ${workspace} at\n`)
  expect(written.stdout).toContain(`ssh -L ${address.port}:127.0.0.1:${address.port} `)
  expect(await (await fetch(address)).text()).toContain('<div id="app">')
  signal('SIGINT')
  expect(await ended).toBe(0)
  expect(written.stderr).toContain('Ended. Unfinished runs resume at the next start.')
  expect(aborted).toEqual([])
  expect(existsSync(join(workspace, 'host.json'))).toBe(false)
  await expect(fetch(address)).rejects.toThrow()
})

test('a second workbench of a workspace attaches to the first, says so, and goes on when that one ends', async () => {
  const args = ['--workspace', temporaryWorkspace(), '--port', '0']
  const first = await serving(args)
  const [second, third] = [await serving(args), await serving(args)]
  const who = `Process ${process.pid} (exitlab serve)`
  expect(second.written.stderr).toBe(`${who} trains. When it ends, this workbench trains.\n`)
  expect(await (await fetch(second.address)).text()).toContain('<div id="app">')
  third.signal('SIGINT')
  expect(await third.ended).toBe(0)
  expect(third.written.stderr).toContain('Ended. The training goes on.')
  first.signal('SIGINT')
  expect(await first.ended).toBe(0)
  await until(() => second.written.stderr.includes(`${who} has ended`))
  expect(second.written.stderr).toContain('This workbench trains now.')
  second.signal('SIGINT')
  expect(await second.ended).toBe(0)
  expect(second.written.stderr).toContain('Ended. Unfinished runs resume at the next start.')
})

test('a second Ctrl-C ends at once', async () => {
  const { signal, aborted, ended } = await serving(['--workspace', temporaryWorkspace(), '--port', '0'])
  signal('SIGINT')
  signal('SIGINT')
  expect(aborted).toEqual([130])
  await ended
})

test('a port that was given and is taken, and an address that is not loopback, are refused', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const at = (...args: string[]) => exitlab(['serve', '--no-open', '--workspace', temporaryWorkspace(), ...args])
  expect(await at('--port', String(port))).toMatchObject({
    exitCode: 5,
    stdout: '',
    stderr: expect.stringContaining(`port ${port}: the port is in use`) as string,
  })
  expect(await at('--host', '0.0.0.0')).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('--public') as string,
  })
  const unreachable = await at('--public')
  expect([unreachable.exitCode, unreachable.stdout]).toEqual([2, ''])
  expect(unreachable.stderr).toContain('127.0.0.1 is reached from this machine alone. Add --host 0.0.0.0')
  for (const wrong of ['-1', '65536', 'http']) expect((await at('--port', wrong)).exitCode).toBe(2)
})

test('opens a browser only on a terminal of this machine with a display', () => {
  const here = (isTerminal: boolean, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
    hasDisplay(fakeContext({ isTerminal, environment }).context, platform)
  expect(here(true, { DISPLAY: ':0' })).toBe(true)
  expect(here(true, { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(here(true, {})).toBe(false)
  expect(here(false, { DISPLAY: ':0' })).toBe(false)
  expect(here(true, { DISPLAY: ':0', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' })).toBe(false)
  expect(here(true, {}, 'darwin')).toBe(true)
})
