import { expect, test } from 'vitest'
import { activations, macsOf, total, type Operation } from '../../../src/engine/layers/operations.ts'

const module = 'blocks.0.conv1'
const convolution = { outputHeight: 5, outputWidth: 4, kernelArea: 9, channels: 3, filters: 2 }

test.each<[Operation, number]>([
  [{ module, kind: 'convolution', sizes: convolution }, 5 * 4 * 9 * 3 * 2],
  [{ module, kind: 'linear', sizes: { rows: 2, inputs: 3, features: 5 } }, 30],
  [{ module, kind: 'matrix-product', sizes: { matrices: 8, rows: 65, inner: 32, columns: 65 } }, 8 * 65 * 32 * 65],
  [{ module, kind: 'batch-norm', sizes: { elements: 10 } }, 20],
  [{ module, kind: 'layer-norm', sizes: { elements: 10 } }, 50],
  [{ module, kind: 'softmax', sizes: { elements: 10 } }, 20],
  [{ module, kind: 'adaptive-average-pool', sizes: { elements: 10 } }, 10],
  [{ module, kind: 'gelu', sizes: { elements: 10 } }, 10],
  [{ module, kind: 'relu', sizes: {} }, 0],
])('%o costs %i multiply-adds', (operation, macs) => {
  expect(macsOf(operation)).toBe(macs)
  expect(total([operation, operation])).toBe(2 * macs)
})

test('a ReLU has as many outputs as the operation before it', () => {
  const operations: Operation[] = [
    { module, kind: 'convolution', sizes: convolution },
    { module, kind: 'relu', sizes: {} },
  ]
  expect(activations(operations)).toBe(2 * 5 * 4 * 2)
})
