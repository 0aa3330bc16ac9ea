import { expect, test } from 'vitest'
import {
  checkSize,
  concatenated,
  elementwise,
  expanded,
  filled,
  gathered,
  gatheredElements,
  scattered,
  sliced,
  transposed,
  type Known,
} from '../../../../../src/engine/networks/onnx/operators/known.ts'

const array = (shape: number[], known: number[]): Known => ({ shape, known, type: 'int32' }) as Known
/** 0 … n − 1 in a shape. */
const counted = (...shape: number[]) =>
  array(
    shape,
    Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, at) => at),
  )

test('arrays broadcast as in NumPy', () => {
  expect(expanded(array([2, 1], [5, 7]), [3, 2, 2])).toEqual([5, 5, 7, 7, 5, 5, 7, 7, 5, 5, 7, 7])
  expect(elementwise((a, b) => a - b, [counted(2, 3), array([3], [1, 10, 100])], [2, 3])).toEqual([-1, -9, -98, 2, -6, -95]) // prettier-ignore
  expect(expanded(array([], [4]), [2])).toEqual([4, 4])
})

test('axes are put into another order, and slices go forwards and backwards', () => {
  expect(transposed(counted(2, 3), [1, 0])).toEqual([0, 3, 1, 4, 2, 5])
  expect(transposed(counted(2, 2, 3), [2, 0, 1])).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
  // Rows 1 and 0, columns 0 and 2.
  expect(sliced(counted(2, 3), { start: [1, 0], step: [-1, 2], shape: [2, 2] })).toEqual([3, 5, 0, 2])
})

test('arrays are put behind one another along any axis', () => {
  const parts = [counted(2, 1), array([2, 2], [7, 8, 9, 10])]
  expect(concatenated(parts, 1)).toEqual([0, 7, 8, 1, 9, 10])
  expect(concatenated([counted(1, 2), counted(2, 2)], 0)).toEqual([0, 1, 0, 1, 2, 3])
})

test('rows are taken by indices along any axis, which count from the end where they are negative', () => {
  expect(gathered(counted(3, 2), array([2], [-1, 0]), 0)).toEqual([4, 5, 0, 1])
  expect(gathered(counted(2, 3), array([2], [2, -3]), 1)).toEqual([2, 0, 5, 3])
})

test('entries are taken at every place by its own index', () => {
  // numpy.take_along_axis
  expect(gatheredElements(counted(2, 3), array([2, 2], [2, 0, -1, 1]), 1)).toEqual([2, 0, 5, 4])
  expect(gatheredElements(counted(2, 3), array([1, 3], [1, 0, -1]), 0)).toEqual([3, 1, 5])
})

test('updates are written at their indices: entries, or whole rows', () => {
  const at = array([2, 2], [1, 2, 0, -1])
  expect(scattered(counted(2, 3), at, array([2], [50, 60]))).toEqual([0, 1, 60, 3, 4, 50])
  expect(scattered(counted(2, 3), array([1, 1], [-1]), array([1, 3], [7, 8, 9]))).toEqual([0, 1, 2, 7, 8, 9])
})

test('shapes that are none, or of more numbers than are computed, are refused', () => {
  expect(filled([2, 2], 3)).toEqual([3, 3, 3, 3])
  expect(filled([0, 2], 3)).toEqual([])
  expect(() => checkSize([2, -1])).toThrow('no shape: [2,-1]')
  expect(() => checkSize([1.5])).toThrow('no shape')
  expect(() => checkSize([1 << 12, 1 << 12])).not.toThrow()
  expect(() => checkSize([(1 << 24) + 1])).toThrow('an array of 16777217 numbers')
})
