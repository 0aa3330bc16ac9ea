import { expect, it } from 'vitest'
import { macs } from '../../../src/shared/evaluation/cost-kind.ts'

it('costs have their unit: a multiply-add is two FLOPs, a latency is in milliseconds', () => {
  expect(macs(101_400_000, 'macs')).toBe('101 M multiply-adds')
  expect(macs(4_100_000, 'flops')).toBe('8.20 MFLOPs')
  expect(macs(812, 'macs')).toBe('812 multiply-adds')
  expect(macs(1.2345, 'latency')).toBe('1.23 ms')
})
