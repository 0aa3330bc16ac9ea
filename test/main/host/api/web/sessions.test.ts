import { timingSafeEqual } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { createSessions } from '../../../../../src/main/host/api/web/sessions.ts'

vi.mock(import('node:crypto'), async (original) => {
  const module = await original()
  return { ...module, timingSafeEqual: vi.fn(module.timingSafeEqual) }
})

it('tickets that were not used in their minute are forgotten', () => {
  let now = 0
  const { ticket, open } = createSessions({ secret: Buffer.alloc(32), workspace: '/w' }, () => now)
  for (let unused = 0; unused < 3; unused++) ticket()
  now = 60_001
  const used = ticket()
  vi.mocked(timingSafeEqual).mockClear()
  expect(open('another')).toBeNull()
  // With the token, and the one ticket that there is.
  expect(timingSafeEqual).toHaveBeenCalledTimes(2)
  expect(open(used)).toContain('HttpOnly')
})
