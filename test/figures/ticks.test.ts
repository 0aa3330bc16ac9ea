import { expect, it } from 'vitest'
import { roundTicks, tickText } from '../../src/figures/ticks.ts'

it.each([
  { low: 75.2, high: 89.4, maximum: 8, ticks: [76, 78, 80, 82, 84, 86, 88] },
  { low: 0, high: 100, maximum: 6, ticks: [0, 20, 40, 60, 80, 100] },
  { low: 0.1, high: 0.3, maximum: 3, ticks: [0.1, 0.2, 0.3] },
  { low: 99.21, high: 99.29, maximum: 4, ticks: [99.22, 99.24, 99.26, 99.28] },
])('marks $low to $high by at most $maximum round numbers', ({ low, high, maximum, ticks }) => {
  expect(roundTicks(low, high, maximum)).toEqual(ticks)
})

it('writes ticks of a very small step with as many decimals as tell them apart', () => {
  const ticks = [0, 5e-7, 1e-6]
  expect(ticks.map(tickText(ticks))).toEqual(['0.0000000', '0.0000005', '0.0000010'])
})
