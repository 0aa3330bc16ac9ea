import { expect, it } from 'vitest'
import type { Axis } from '../../../src/engine/layers/layer.ts'
import { permuteAxes, unitRows } from '../../../src/engine/matching/permute-units.ts'

const array = { shape: [2, 4], values: Float32Array.from([0, 1, 2, 3, 10, 11, 12, 13]) }
const swapped = new Map([['units', Int32Array.from([1, 0])]])
const permuted = (axis: Omit<Axis, 'group'>) =>
  Array.from(permuteAxes(array, [{ group: 'units', ...axis }], swapped).values)

it('permutes entries, stretches of entries that repeat makes, and each tile alike', () => {
  expect(permuted({ axis: 0 })).toEqual([10, 11, 12, 13, 0, 1, 2, 3])
  expect(permuted({ axis: 1, repeat: 2 })).toEqual([2, 3, 0, 1, 12, 13, 10, 11])
  expect(permuted({ axis: 1, tile: 2 })).toEqual([1, 0, 3, 2, 11, 10, 13, 12])
})

it('puts the unit of old place order[i] at place i', () => {
  const column = { shape: [3], values: Float32Array.from([7, 8, 9]) }
  const order = new Map([['units', Int32Array.from([2, 0, 1])]])
  expect(permuteAxes(column, [{ group: 'units', axis: 0 }], order).values).toEqual(Float32Array.from([9, 7, 8]))
})

it('leaves groups without a permutation as they are', () => {
  expect(permuteAxes(array, [{ group: 'others', axis: 0 }], swapped)).toBe(array)
})

it('gathers all that an array holds of each unit', () => {
  expect(Array.from(unitRows(array, { group: 'units', axis: 0 }))).toEqual([0, 1, 2, 3, 10, 11, 12, 13])
  expect(Array.from(unitRows(array, { group: 'units', axis: 1 }))).toEqual([0, 10, 1, 11, 2, 12, 3, 13])
  expect(Array.from(unitRows(array, { group: 'units', axis: 1, repeat: 2 }))).toEqual([0, 1, 10, 11, 2, 3, 12, 13])
  expect(Array.from(unitRows(array, { group: 'units', axis: 1, tile: 2 }))).toEqual([0, 2, 10, 12, 1, 3, 11, 13])
})

it('permutes and gathers a segment of a concatenated axis alone', () => {
  const segment = { axis: 1, offset: 1, count: 2 }
  expect(permuted(segment)).toEqual([0, 2, 1, 3, 10, 12, 11, 13])
  expect(Array.from(unitRows(array, { group: 'units', ...segment }))).toEqual([1, 11, 2, 12])
  // Of two units in each of two tiles, the second.
  const second = { axis: 1, tile: 2, offset: 1, count: 1 }
  expect(Array.from(unitRows(array, { group: 'units', ...second }))).toEqual([1, 3, 11, 13])
})
