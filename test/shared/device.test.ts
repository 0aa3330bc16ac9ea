import { expect, it } from 'vitest'
import { deviceName } from '../../src/shared/device.ts'

it.each(['cpu', 'cuda', 'cuda:0', 'cuda:12'])('%s is a device', (name) => {
  expect(deviceName.parse(name)).toBe(name)
})

it.each([null, '', 'gpu', 'CUDA:0', 'cuda:', 'cuda:-1', 'cpu:0', ' cuda'])(
  '%j is none, and it is said what is',
  (name) => {
    expect(() => deviceName.parse(name)).toThrow('expected cpu, cuda, or cuda:N such as cuda:1')
  },
)
