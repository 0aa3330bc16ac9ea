import { expect, it } from 'vitest'
import type { GraphValue } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { ValueTable } from '../../../../../src/engine/networks/onnx/operators/value-table.ts'
import { tf, type Tensor } from '../../../../../src/engine/tf.ts'
import '../../../../support/tensorflow.ts'

const value = (sizes: number[], more: Partial<GraphValue> = {}): GraphValue => ({
  ...{ id: 0, sizes, shape: sizes.map(Math.abs), type: 'float32', ...more },
})

function tableOf(arrays: Readonly<Record<string, Tensor>> = {}, filters: string[] = []) {
  const context = { value: (name: string) => arrays[name]!, training: () => false, updateBuffer: () => {} }
  return new ValueTable({ context, samples: 2, isFilter: (name) => filters.includes(name) })
}

/** 0, 1, 2 … as PyTorch has a filter of these sizes. */
const counted = (sizes: number[]) =>
  tf.reshape(
    tf.range(
      0,
      sizes.reduce((a, b) => a * b, 1),
    ),
    sizes,
  )
const numbersOf = (tensor: Tensor) => [tensor.shape, Array.from(tensor.dataSync())]

it('a map can be taken as it is or with its channels first, and so can what is not a map', () => {
  const [x, table] = [value([-1, 3, 2, 2]), tableOf()]
  const plain = counted([2, 3, 2, 2])
  const map = tf.transpose(plain, [0, 2, 3, 1])
  table.set(x, map, 'map')
  expect([table.isMap(x), numbersOf(table.get(x, 'plain'))]).toEqual([true, numbersOf(plain)])
  expect([table.isMap(x), table.get(x, 'map')]).toEqual([false, map])
  table.set(x, plain, 'plain')
  expect([table.isMap(x), numbersOf(table.get(x, 'map'))]).toEqual([false, numbersOf(map)])
  expect(table.shape(value([-3, 4]))).toEqual([6, 4])
})

it('an array that is held as a filter is as PyTorch has it where it is read as numbers', () => {
  const plain = counted([4, 3, 1, 2])
  const held = tf.transpose(plain, [2, 3, 1, 0])
  const filter = value([4, 3, 1, 2], { array: 'filter' })
  const table = tableOf({ filter: held, other: plain }, ['filter'])
  expect(table.filter(filter)).toBe(held)
  expect(numbersOf(table.get(filter, 'plain'))).toEqual(numbersOf(plain))
  // One that is no filter elsewhere becomes one.
  expect(numbersOf(table.filter(value([4, 3, 1, 2], { array: 'other' })))).toEqual(numbersOf(held))
})

it('numbers of fewer axes broadcast to a map along the axes that they have from the last', () => {
  const table = tableOf()
  const perChannel = value([3, 1, 1], { known: [1, 2, 3] })
  expect(numbersOf(table.get(perChannel, 'map'))).toEqual([[1, 1, 1, 3], [1, 2, 3]]) // prettier-ignore
  const perColumn = value([2], { known: [1, 2], id: 1 })
  expect(numbersOf(table.get(perColumn, 'map'))).toEqual([[1, 1, 2, 1], [1, 2]]) // prettier-ignore
  expect(numbersOf(table.get(value([], { known: [5] }), 'map'))).toEqual([[], [5]])
  const truth = table.get(value([2], { known: [0, 1], type: 'bool' }), 'plain')
  expect([truth.dtype, Array.from(truth.dataSync())]).toEqual(['bool', [0, 1]])
})

it('what no node has given is a fault', () => {
  expect(() => tableOf().get(value([-1, 2]), 'plain')).toThrow('has not been computed')
})
