import { expect, it } from 'vitest'
import { openTensorFlow } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

it('reports the device that computes, and its number of threads', () => {
  expect(tensorFlow.device).toMatchObject({ kind: expect.stringMatching(/^[cg]pu$/), threads: expect.any(Number) })
  expect(tensorFlow.device.tensorflowVersion).toMatch(/^\d+\.\d+/)
  expect(tensorFlow.device.name).toContain('device:')
})

it('opens once for each process', () => {
  expect(() => openTensorFlow({ libraryFolder: '/nowhere' })).toThrow('open already')
})
