import { expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import type { OnnxNode } from '../../../../../src/shared/onnx-file/model.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { macsOfNode, operatorOf } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

/** A node with texts as attributes: mode, places, rounding. */
function resizing(
  texts: Readonly<Record<string, string>>,
  ints: Readonly<Record<string, number | number[]>> = {},
): OnnxNode {
  const node = nodeLike('Resize', [], [], ints)
  const named = Object.entries(texts).map(([name, text]) => [name, attribute({ text })])
  return { ...node, attributes: { ...node.attributes, ...Object.fromEntries(named) } }
}

const none = { shape: [0], known: [] }
const toSizes = (...known: number[]) => [none, none, { shape: [known.length], known }]
const byScales = (...known: number[]) => [none, { shape: [known.length], known }]

/** A row of numbers in another width. */
function row(node: OnnxNode, given: number[], others: Parameters<typeof operatorOf>[2]): number[] {
  const shape = [1, 1, 1, given.length]
  return Array.from(operatorOf(node, shape, others)(tf.tensor(given, shape)).dataSync())
}

const nearest = (coordinate_transformation_mode: string, nearest_mode: string) =>
  resizing({ coordinate_transformation_mode, nearest_mode })

it.each([
  // Places −¼, ¼, ¾, 1¼, 1¾, 2¼.
  ['half_pixel', 'floor', [0, 0, 0, 1, 1, 2]],
  ['half_pixel', 'ceil', [0, 1, 1, 2, 2, 2]],
  ['half_pixel', 'round_prefer_floor', [0, 0, 1, 1, 2, 2]],
  ['pytorch_half_pixel', 'round_prefer_floor', [0, 0, 1, 1, 2, 2]],
  // Places 0, ½, 1, 1½, 2, 2½.
  ['asymmetric', 'floor', [0, 0, 1, 1, 2, 2]],
  ['asymmetric', 'ceil', [0, 1, 1, 2, 2, 2]],
  ['asymmetric', 'round_prefer_floor', [0, 0, 1, 1, 2, 2]],
  ['asymmetric', 'round_prefer_ceil', [0, 1, 1, 2, 2, 2]],
  // Places 0, 0.4, 0.8, 1.2, 1.6, 2.
  ['align_corners', 'floor', [0, 0, 0, 1, 1, 2]],
  ['align_corners', 'ceil', [0, 1, 1, 2, 2, 2]],
  ['align_corners', 'round_prefer_ceil', [0, 0, 1, 1, 2, 2]],
])('three pixels become the nearest at six places by %s and %s', (places, rounding, taken) => {
  const expected = taken.map((index) => [10, 20, 30][index])
  expect(row(nearest(places, rounding), [10, 20, 30], toSizes(1, 1, 1, 6))).toEqual(expected)
  expect(row(nearest(places, rounding), [10, 20, 30], byScales(1, 1, 1, 2))).toEqual(expected)
})

it('takes the nearest pixels by centres, the former of two, where nothing else is said', () => {
  // Centre 1½ of both halves of four pixels.
  expect(row(resizing({}), [1, 2, 3, 4], toSizes(1, 1, 1, 2))).toEqual([1, 3])
  expect(row(resizing({ nearest_mode: 'round_prefer_ceil' }), [1, 2, 3, 4], toSizes(1, 1, 1, 2))).toEqual([2, 4])
})

it('weighs the two pixels around a place by their distances, at the edge that at the edge alone', () => {
  const linear = (coordinate_transformation_mode: string) =>
    resizing({ mode: 'linear', coordinate_transformation_mode })
  expectClose(row(linear('half_pixel'), [10, 20], toSizes(1, 1, 1, 4)), [10, 12.5, 17.5, 20], 1e-6)
  expectClose(row(linear('align_corners'), [10, 20], toSizes(1, 1, 1, 5)), [10, 12.5, 15, 17.5, 20], 1e-6)
  expectClose(row(linear('asymmetric'), [10, 20], toSizes(1, 1, 1, 4)), [10, 15, 20, 20], 1e-6)
})

it.each([
  ['half_pixel', 20],
  ['pytorch_half_pixel', 10],
  ['align_corners', 10],
])('takes of three pixels for one by %s %d', (coordinate_transformation_mode, expected) => {
  const node = resizing({ mode: 'linear', coordinate_transformation_mode })
  expect(row(node, [10, 20, 30], toSizes(1, 1, 1, 1))).toEqual([expected])
})

it('weighs four pixels by Keys’ cubic, of the slope that is given', () => {
  const cubic = resizing({ mode: 'cubic' })
  // Halfway between two pixels −3/32, 19/32, 19/32 and −3/32, of which the pixel at the edge has those beyond it.
  expectClose(row(cubic, [32, 0, 0, 0], toSizes(1, 1, 1, 2)), [16, 0], 1e-5)
  expectClose(row(cubic, [0, 32, 0, 0], toSizes(1, 1, 1, 2)), [19, -3], 1e-5)
  const catmull = { ...cubic, attributes: { ...cubic.attributes, cubic_coeff_a: attribute({ float: -0.5 }) } }
  // By a = −½ a line stays a line, which −¾ does not give at a quarter.
  const line = [0, 1, 2, 3, 4, 5, 6, 7]
  const inner = (node: OnnxNode) => row(node, line, toSizes(1, 1, 1, 16)).slice(4, 12)
  const onLine = Array.from({ length: 8 }, (_, at) => (at + 4.5) / 2 - 0.5)
  expectClose(inner(catmull), onLine, 1e-6)
  expect(Math.abs(inner(cubic)[0]! - onLine[0]!)).toBeGreaterThan(0.01)
})

it('gives height and width their own sizes, those of the axes that are named', () => {
  const resized = (node: OnnxNode, others: Parameters<typeof operatorOf>[2]) => {
    const y = operatorOf(node, [1, 1, 2, 2], others)(tf.tensor([1, 2, 3, 4], [1, 1, 2, 2]))
    return [y.shape, Array.from(y.dataSync())]
  }
  const wide = [[1, 1, 2, 4], [1, 1, 2, 2, 3, 3, 4, 4]] // prettier-ignore
  expect(resized(resizing({}), toSizes(1, 1, 2, 4))).toEqual(wide)
  expect(resized(resizing({}, { axes: [2, 3] }), toSizes(2, 4))).toEqual(wide)
  expect(resized(resizing({}, { axes: [-1] }), byScales(2))).toEqual(wide)
  expect(resized(resizing({}), byScales(1, 1, 2, 1))).toEqual([[1, 1, 4, 2], [1, 2, 1, 2, 3, 4, 3, 4]]) // prettier-ignore
})

it('is refused of other axes, and in ways that are not supported', () => {
  const resized = (node: OnnxNode, shape: number[], sizes: number[]) => () => operatorOf(node, shape, toSizes(...sizes))
  expect(resized(resizing({}), [1, 2, 2, 2], [1, 4, 2, 2])).toThrow('other axes than height and width')
  expect(resized(resizing({}), [1, 2, 2, 2], [2, 2, 2, 2])).toThrow('other axes than height and width')
  expect(resized(resizing({}), [1, 2, 2], [1, 2, 4])).toThrow('other axes than height and width')
  const unknown = [
    ...['mode', 'coordinate_transformation_mode', 'nearest_mode'].map((name) => resizing({ [name]: 'other' })),
    ...['antialias', 'exclude_outside'].map((name) => resizing({}, { [name]: 1 })),
    resizing({ keep_aspect_ratio_policy: 'not_larger' }),
  ]
  for (const node of unknown) expect(resized(node, [1, 1, 2, 2], [1, 1, 4, 4])).toThrow('not supported')
  const plain = resizing({ keep_aspect_ratio_policy: 'stretch' }, { antialias: 0 })
  expect(resized(plain, [1, 1, 2, 2], [1, 1, 4, 4])).not.toThrow()
})

it.each([
  ['nearest', 1],
  ['linear', 4],
  ['cubic', 16],
])('costs a multiply-add for each pixel that is weighed, by %s %d', (mode, weights) => {
  const operands = [{ shape: [1, 3, 2, 2] }, ...toSizes(1, 3, 4, 5)]
  expect(macsOfNode(resizing({ mode }), operands)).toBe(weights * 3 * 4 * 5)
})
