import { expect, test } from 'vitest'
import { costRules, macsOf } from '../../../src/main/engine/cost/table.ts'

const operation = (kind: string, sizes: Record<string, number>) => ({ module: 'blocks.0.conv1', kind, sizes })

test.each([
  ['convolution', { outputHeight: 5, outputWidth: 4, kernelArea: 9, channels: 3, filters: 2 }, 5 * 4 * 9 * 3 * 2],
  ['linear', { rows: 2, inputs: 3, features: 5 }, 30],
  ['matrix-product', { matrices: 8, rows: 65, inner: 32, columns: 65 }, 8 * 65 * 32 * 65],
  ['batch-norm', { elements: 10 }, 20],
  ['layer-norm', { elements: 10 }, 50],
  ['softmax', { elements: 10 }, 20],
  ['adaptive-average-pool', { elements: 10 }, 10],
  ['gelu', { elements: 10 }, 10],
  ['relu', {}, 0],
])('one %s of %o costs %i multiply-adds', (kind, sizes, macs) => {
  expect(macsOf(operation(kind, sizes))).toBe(macs)
})

test('an operation without a rule is an error that names module and kind, never 0', () => {
  expect(() => macsOf(operation('fourier-transform', {}))).toThrow(
    'blocks.0.conv1: no cost rule for operations of kind “fourier-transform”',
  )
  expect(() => macsOf(operation('toString', {}))).toThrow('no cost rule')
})

test('a size that the rule needs and the operation lacks is an error', () => {
  expect(() => macsOf(operation('linear', { rows: 1, inputs: 2 }))).toThrow('a linear needs the size “features”')
})

test('every rule multiplies whole numbers', () => {
  for (const { factor, sizes } of Object.values(costRules)) {
    const ones = Object.fromEntries(sizes.map((name) => [name, 1]))
    expect(Object.values(ones).reduce((product, one) => product * one, factor)).toBe(factor)
    expect(Number.isInteger(factor)).toBe(true)
  }
})
