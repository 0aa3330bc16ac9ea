import { describe, expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { operatorOf, type Given } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

/** 1, 2, 3 … in a shape. */
const counted = (shape: number[]) => tf.reshape(tf.range(1, shape.reduce((a, b) => a * b, 1) + 1), shape)
const ones = (...shape: number[]): Given => ({ shape, known: Array<number>(shape.reduce((a, b) => a * b, 1)).fill(1) })
const valuesOf = (y: ReturnType<typeof counted>) => [y.shape, Array.from(y.dataSync())]

/** Sums over windows of 1, 2, 3 … */
function sums(shape: number[], filter: number[], ints: Record<string, number[] | number> = {}, auto_pad?: string) {
  const node = nodeLike('Conv', ['x', 'filter'], [], ints)
  if (auto_pad !== undefined) node.attributes['auto_pad'] = attribute({ text: auto_pad })
  return valuesOf(operatorOf(node, shape, [ones(...filter)])(counted(shape)))
}

describe('a convolution', () => {
  it('goes over a sequence with steps, gaps and padding', () => {
    expect(sums([1, 1, 5], [1, 1, 2])).toEqual([[1, 1, 4], [3, 5, 7, 9]]) // prettier-ignore
    expect(sums([1, 1, 5], [1, 1, 2], { strides: [2] })).toEqual([[1, 1, 2], [3, 7]]) // prettier-ignore
    expect(sums([1, 1, 5], [1, 1, 2], { dilations: [3] })).toEqual([[1, 1, 2], [5, 7]]) // prettier-ignore
    expect(sums([1, 1, 3], [1, 1, 2], { pads: [2, 1] })).toEqual([[1, 1, 5], [0, 1, 3, 5, 3]]) // prettier-ignore
    // Two channels, of which each filter takes both.
    expect(sums([1, 2, 2], [2, 2, 1])).toEqual([[1, 2, 2], [4, 6, 4, 6]]) // prettier-ignore
  })

  it('goes over a map with steps, gaps and padding of other lengths down and across', () => {
    // 1 2 3 / 4 5 6 / 7 8 9
    expect(sums([1, 1, 3, 3], [1, 1, 2, 1])).toEqual([[1, 1, 2, 3], [5, 7, 9, 11, 13, 15]]) // prettier-ignore
    expect(sums([1, 1, 3, 3], [1, 1, 1, 2], { strides: [2, 1] })).toEqual([[1, 1, 2, 2], [3, 5, 15, 17]]) // prettier-ignore
    expect(sums([1, 1, 3, 3], [1, 1, 2, 1], { dilations: [2, 1] })).toEqual([[1, 1, 1, 3], [8, 10, 12]]) // prettier-ignore
    expect(sums([1, 1, 1, 2], [1, 1, 1, 1], { pads: [1, 0, 0, 2] })).toEqual([[1, 1, 2, 4], [0, 0, 0, 0, 1, 2, 0, 0]]) // prettier-ignore
  })

  it.each([
    [
      'VALID',
      [
        [1, 1, 3],
        [3, 5, 7],
      ],
    ],
    // One number is missing for as many windows as there are numbers: behind the last, or before the first.
    [
      'SAME_UPPER',
      [
        [1, 1, 4],
        [3, 5, 7, 4],
      ],
    ],
    [
      'SAME_LOWER',
      [
        [1, 1, 4],
        [1, 3, 5, 7],
      ],
    ],
    [
      'NOTSET',
      [
        [1, 1, 3],
        [3, 5, 7],
      ],
    ],
  ])('has the padding that auto_pad %s asks for', (rule, expected) => {
    expect(sums([1, 1, 4], [1, 1, 2], {}, rule)).toEqual(expected)
  })

  it('has by auto_pad what steps and gaps leave, never less than nothing', () => {
    // Windows of 1 · · 1 at every second of five numbers: six are needed on both sides, 3 before and 3 behind.
    expect(sums([1, 1, 5], [1, 1, 2], { strides: [2], dilations: [3] }, 'SAME_UPPER')).toEqual([[1, 1, 3], [3, 2 + 5, 4]]) // prettier-ignore
    expect(sums([1, 1, 4], [1, 1, 1], { strides: [2] }, 'SAME_LOWER')).toEqual([[1, 1, 2], [1, 3]]) // prettier-ignore
  })

  it('is refused where its windows are not what they can be', () => {
    const refused =
      (...asked: Parameters<typeof sums>) =>
      () =>
        sums(...asked)
    expect(refused([1, 1, 4], [1, 1, 2], {}, 'SAME')).toThrow('its attribute auto_pad is SAME')
    expect(refused([1, 1, 4], [1, 1, 2], { pads: [0, 1] }, 'VALID')).toThrow('it has auto_pad VALID and pads')
    expect(refused([1, 1, 4], [1, 1, 2], { kernel_shape: [3] })).toThrow('its attribute kernel_shape is [3]')
    expect(refused([1, 1, 4], [1, 1, 2, 2])).toThrow('windows of 2 axes over an input of 3')
    expect(refused([1, 1, 4, 4], [1, 1, 2])).toThrow('windows of 1 axes over an input of 4')
    expect(refused([1, 2, 4], [1, 1, 2])).toThrow('filters that do not fit its channels')
    expect(refused([1, 4, 4], [3, 2, 2], { group: 2 })).toThrow('its attribute group is 2')
    expect(refused([1, 4, 4], [3, 2, 2], { group: 0 })).toThrow('its attribute group is 0')
  })

  it('adds its bias to each filter, and takes no other, nor filters that are computed', () => {
    const conv = nodeLike('Conv', ['x', 'filter'])
    const bias = (...known: number[]) => ({ shape: [known.length], known })
    const y = operatorOf(conv, [1, 1, 2], [ones(2, 1, 1), bias(10, 20)])(counted([1, 1, 2]))
    expect(valuesOf(y)).toEqual([[1, 2, 2], [11, 12, 21, 22]]) // prettier-ignore
    expect(() => operatorOf(conv, [1, 1, 2], [ones(2, 1, 1), bias(1)])).toThrow('a bias that does not fit its filters')
    expect(() => operatorOf(conv, [1, 1, 2], [{ shape: [2, 1, 1] }])).toThrow('its filters are computed')
  })
})
