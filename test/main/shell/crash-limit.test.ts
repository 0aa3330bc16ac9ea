import { expect, test } from 'vitest'
import { crashLimit } from '../../../src/main/shell/crash-limit.ts'

test('a page that crashes is loaded again three times within a minute, and later anew', () => {
  let now = 0
  const mayReload = crashLimit(() => now)
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false])
  now = 59_999
  expect(mayReload()).toBe(false)
  now = 60_000
  expect([mayReload(), mayReload(), mayReload()]).toEqual([true, true, false])
})
