import { expect, it } from 'vitest'
import { deviceInWords, deviceName } from '../../../src/shared/phases/device.ts'

it.each(['cpu', 'cuda', 'cuda:0', 'cuda:12'])('%s is a device', (name) => {
  expect(deviceName.parse(name)).toBe(name)
})

it.each([null, '', 'gpu', 'CUDA:0', 'cuda:', 'cuda:-1', 'cpu:0', ' cuda'])(
  '%j is refused, with the valid devices',
  (name) => {
    expect(() => deviceName.parse(name)).toThrow('expected cpu, cuda, or cuda:N such as cuda:1')
  },
)

it('a card is named by its model, a processor never by its node in a cluster', () => {
  expect(deviceInWords({ kind: 'gpu', name: 'Tesla T4' })).toBe('Tesla T4')
  expect(deviceInWords({ kind: 'cpu', name: '/job:localhost/replica:0/task:0/device:CPU:0' })).toBe('the processor')
})
