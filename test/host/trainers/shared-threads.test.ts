import { expect, test } from 'vitest'
import { sharedThreads } from '../../../src/main/host/trainers/shared-threads.ts'

test('threads are shared by the runs that are trained at once', () => {
  expect(sharedThreads(4096)).toBe(1)
  expect(sharedThreads(2)).toBe(Math.max(1, Math.floor(sharedThreads(1) / 2)))
})
