import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { HostMessage } from '../../../src/shared/window/desktop-link.ts'
import { startHost, type HostChild } from '../../../src/main/shell/host-child.ts'
import type { HostLaunch } from '../../../src/main/shell/host-launch.ts'

/** Starts a host whose script the test gives, and collects what it tells. */
function started(script: string, changes: Partial<HostLaunch> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-child-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const entry = join(folder, 'host.mjs')
  writeFileSync(entry, script)
  const told: HostMessage[] = []
  const ended = Promise.withResolvers<string>()
  const given = { node: process.execPath, entry, commandLine: '', scripts: folder, arguments: [] }
  const launch = Promise.resolve({ ...given, ...changes })
  const host = startHost(launch, { message: (message) => void told.push(message), ended: ended.resolve })
  onTestFinished(() => host.kill())
  return { host, told, ended: ended.promise }
}

describe('a host as a child process', () => {
  test('exchanges messages, bytes as bytes', async () => {
    const { host, told } = started(`
      process.on('message', ({ port, data }) => process.send({ type: 'data', port, data: data.map((each) => each + 1) }))
      process.send({ type: 'ready' })`)
    await vi.waitFor(() => expect(told).toEqual([{ type: 'ready' }]))
    host.send({ type: 'data', port: 3, data: new Uint8Array([1, 2]) })
    await vi.waitFor(() => expect(told).toHaveLength(2))
    const { data } = told[1] as Extract<HostMessage, { type: 'data' }>
    expect([data instanceof Uint8Array, ...(data as Uint8Array)]).toEqual([true, 2, 3])
  })

  test('gets its arguments, and no settings that are meant for Electron', async () => {
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1')
    vi.stubEnv('NODE_OPTIONS', '--throw-deprecation')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { told } = started(
      `const { ELECTRON_RUN_AS_NODE, NODE_OPTIONS } = process.env
       process.send({ type: 'data', port: 0, data: JSON.stringify([process.argv.slice(2), ELECTRON_RUN_AS_NODE, NODE_OPTIONS]) })`,
      { arguments: ['--workspace', '/with space'] },
    )
    await vi.waitFor(() => expect(told).toHaveLength(1))
    const { data } = told[0] as Extract<HostMessage, { type: 'data' }>
    expect(JSON.parse(data as string)).toEqual([['--workspace', '/with space'], null, null])
  })

  test('that fails is reported with its exit code and the end of its output', async () => {
    const { ended } = started(`console.error('x'.repeat(10_000) + ' out of luck'); process.exit(3)`)
    const how = await ended
    expect(how).toMatch(/^It ended with exit code 3\.\n/)
    expect(how).toMatch(/ out of luck$/)
    expect(how.length).toBeLessThan(4_100)
  })

  test('that is killed is reported with its signal', async () => {
    const { host, told, ended } = started(`setInterval(() => {}, 1000); process.send({ type: 'ready' })`)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    host.kill()
    expect(await ended).toBe('SIGKILL ended it.')
    host.send({ type: 'end' })
  })

  test('whose Node does not exist has ended', async () => {
    expect(await started('', { node: '/nowhere/node' }).ended).toContain('/nowhere/node cannot be started')
  })

  test('for which there is no Node is refused with that message', async () => {
    const told: HostMessage[] = []
    const ended = Promise.withResolvers<string>()
    startHost(Promise.reject(new Error('no Node here')), {
      message: (each) => void told.push(each),
      ended: ended.resolve,
    })
    await ended.promise
    expect(told).toEqual([{ type: 'refused', message: 'no Node here' }])
  })

  test.for([
    ['asked to end', (host: HostChild) => host.send({ type: 'end' })],
    ['killed', (host: HostChild) => host.kill()],
  ] as const)('that is %s while its Node is looked for has ended, and is never started', async ([, end]) => {
    const launch = Promise.withResolvers<HostLaunch>()
    const told = vi.fn<(message: HostMessage) => void>()
    const ended = vi.fn<(how: string) => void>()
    const host = startHost(launch.promise, { message: told, ended })
    end(host)
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce())
    launch.reject(new Error('no Node here'))
    await launch.promise.catch(() => {})
    host.kill()
    expect([told.mock.calls, ended.mock.calls]).toEqual([[], [['It was cancelled before it started.']]])
  })
})
