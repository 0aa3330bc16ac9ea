import { describe, expect, it } from 'vitest'
import { bytes, count, fixed, percent, rate, signed, scientific } from '../../../src/shared/format/numbers.ts'

describe('numbers', () => {
  it('have a true minus, and none where they round to nothing', () => {
    expect([fixed(-0.52, 2), fixed(-0.001, 1), fixed(3, 1)]).toEqual(['−0.52', '0.0', '3.0'])
  })

  it('are per cent of a fraction', () => {
    expect([percent(0.704), percent(0.70414, 2), percent(1, 0)]).toEqual(['70.4', '70.41', '100'])
  })

  it('carry their sign as a difference', () => {
    expect([signed(0.5), signed(-0.5), signed(0.04), signed(-0.04)]).toEqual(['+0.5', '−0.5', '0.0', '0.0'])
  })

  it('have commas between thousands', () => {
    expect([count(999), count(10_240), count(1_234_567)]).toEqual(['999', '10,240', '1,234,567'])
  })

  it.each([
    [112.4, '112'],
    [5400, '5.4k'],
    [48_900, '48.9k'],
    [999_960, '1.0M'],
    [1290, '1.3k'],
  ])('as a rate: %d is %s', (value, text) => expect(rate(value)).toBe(text))

  it('as a size in bytes', () => {
    expect([bytes(0), bytes(999), bytes(18_400_000_000), bytes(1_290_000)]).toEqual([
      '0 B',
      '999 B',
      '18.4 GB',
      '1.3 MB',
    ])
    expect([bytes(3.9e12), bytes(9.9996e17), bytes(1e30)]).toEqual(['3.9 TB', '1000 PB', '1.0e15 PB'])
  })

  it('in two digits and a power of ten where they are tiny', () => {
    expect([scientific(0.0000031), scientific(0), scientific(1e-3)]).toEqual(['3.1 × 10⁻⁶', '0', '10⁻³'])
  })
})
