import { describe, expect, it } from 'vitest'
import { duration, when } from '../../../src/shared/format/times.ts'

describe('a time span', () => {
  it.each([
    [0, '0 s'],
    [42.4, '42 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7199, '2 h'],
    [7500, '2 h 5 min'],
    [111_600, '1 d 7 h'],
  ])('of %d seconds is %s', (seconds, text) => expect(duration(seconds)).toBe(text))
})

describe('a moment', () => {
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime()

  it('shows no more of the date than necessary', () => {
    const now = at(2026, 10, 25, 10, 0)
    expect(when(at(2026, 10, 25, 9, 5), now)).toBe('09:05')
    expect(when(at(2026, 10, 24, 19, 12), now)).toBe('24 Nov, 19:12')
    expect(when(at(2025, 0, 3, 7, 0), now)).toBe('3 Jan 2025, 07:00')
  })
})
