import * as files from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { hostname, uptime } from 'node:os'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { isGone, thisMachine, thisProcess, untilGone } from '../../../../src/main/execution/depot/process-identity.ts'

/** Paths that this user may not read, as where processes of others are hidden. */
const hidden = vi.hoisted(() => ({ path: '' }))

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  const readFileSync = (...args: Parameters<typeof module.readFileSync>) => {
    if (args[0] === hidden.path) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' })
    return module.readFileSync(...args)
  }
  return { ...module, readFileSync: readFileSync as typeof module.readFileSync }
})

afterEach(() => {
  hidden.path = ''
  vi.restoreAllMocks()
})

const onLinux = it.skipIf(process.platform !== 'linux')

onLinux('a process is told from others by when it began, whatever its name is', () => {
  const { started, ...identity } = thisProcess()
  expect(identity).toEqual({ pid: process.pid, machine: thisMachine() })
  // The kernel has 100 ticks in a second for programs.
  expect(Math.abs(Number(started) / 100 - (uptime() - process.uptime()))).toBeLessThan(5)
  const { title } = process
  process.title = 'a) 1 (b'
  expect(files.readFileSync('/proc/self/stat', 'utf8')).toContain('(a) 1 (b)')
  expect(thisProcess().started).toBe(started)
  process.title = title
})

it('a process is gone where none or another one has its id, on this machine alone', () => {
  const present = thisProcess()
  const { pid } = spawnSync('true')
  expect([present, { ...present, started: null }, { ...present, pid, machine: 'another' }].map(isGone)).toEqual(
    Array(3).fill(false),
  )
  expect(isGone({ ...present, pid, started: null })).toBe(true)
})

onLinux('a killed process is gone, also while its parent has not asked for its end', async () => {
  // The shell becomes a program that never asks how its child ended.
  const parent = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec sleep 1000'])
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [text] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = { ...thisProcess(), pid: Number(text), started: null }
  expect(isGone(child)).toBe(false)
  process.kill(child.pid, 'SIGKILL')
  await untilGone(child.pid, 60_000)
  expect(isGone(child)).toBe(true)
  expect(() => process.kill(child.pid, 0)).not.toThrow()
})

onLinux('a process with the id of one that began at another time is another one', () => {
  expect(isGone({ ...thisProcess(), started: '1' })).toBe(true)
})

it('a process of another user is not gone, whether or not it is hidden', () => {
  const other = thisProcess()
  const kill = vi.spyOn(process, 'kill')
  for (const [code, gone] of [
    ['EPERM', false],
    ['ESRCH', true],
  ] as const) {
    kill.mockImplementationOnce(() => {
      throw Object.assign(new Error(code), { code })
    })
    hidden.path = `/proc/${other.pid}/stat`
    expect(isGone({ ...other, started: '1' })).toBe(gone)
  }
  expect(thisProcess().started).toBeNull()
})

it('a machine is named by its boot and namespace in one line, where these are hidden by its host', () => {
  if (process.platform === 'linux') expect(thisMachine()).toMatch(/^[0-9a-f-]{36} pid:\[\d+\]$/)
  hidden.path = '/proc/sys/kernel/random/boot_id'
  expect(thisMachine()).toBe(hostname())
})
