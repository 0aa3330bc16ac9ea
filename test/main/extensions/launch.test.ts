import { afterEach, expect, test, vi } from 'vitest'
import {
  announceExtensions,
  isLoaded,
  loadedExtensions,
  preloadArguments,
  threadArguments,
} from '../../../src/main/extensions/launch.ts'

const preload = new URL('../../../src/main/extensions/preload.ts', import.meta.url).href
const one = { extension: 'one', file: '/m/one.ts', sha256: '1'.repeat(64), archive: '/c/one.json' }
const two = { ...one, extension: 'two', sha256: '2'.repeat(64) }

afterEach(() => {
  announceExtensions([])
  vi.unstubAllGlobals()
})

const withArguments = (...execArgv: string[]) =>
  vi.stubGlobal('process', Object.defineProperty(Object.create(process), 'execArgv', { value: execArgv }))

test('a process without extensions passes none on', () => {
  expect([loadedExtensions(), isLoaded(one.sha256), preloadArguments()]).toEqual([[], false, []])
  expect('EXITLAB_EXTENSIONS' in process.env).toBe(false)
  withArguments('--flag')
  expect(threadArguments()).toEqual(['--flag'])
})

test('what is announced is what the process has, whatever it had before, and its processes and threads load it first', () => {
  announceExtensions([one])
  announceExtensions([two, one])
  expect(loadedExtensions()).toEqual([two, one])
  expect([one.sha256, two.sha256, '3'.repeat(64)].map(isLoaded)).toEqual([true, true, false])
  expect(preloadArguments()).toEqual(['--import', preload])
  withArguments('--flag')
  expect(threadArguments()).toEqual(['--flag', '--import', preload])
  announceExtensions([])
  expect([loadedExtensions(), preloadArguments()]).toEqual([[], []])
  expect('EXITLAB_EXTENSIONS' in process.env).toBe(false)
})

test('a thread of a process that loads them by its arguments gets them once', () => {
  announceExtensions([one])
  withArguments('--import', preload)
  expect(threadArguments()).toEqual(['--import', preload])
})
