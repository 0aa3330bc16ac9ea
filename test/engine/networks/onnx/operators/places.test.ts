import { describe, expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { numbersGiven, operatorOf, operatorOfMap, type Given } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

const known = (...numbers: number[]): Given => ({ shape: [numbers.length], known: numbers, type: 'int32' })
/** 1, 2, 3 … in a shape. */
const counted = (shape: number[]) => tf.reshape(tf.range(1, shape.reduce((a, b) => a * b, 1) + 1), shape)
const valuesOf = (y: ReturnType<typeof counted>) => [y.shape, Array.from(y.dataSync())]

it.each([
  [0, [2, 2], [0.5, 0.75, 0.5, 0.25]],
  [1, [1, 2, 2], [0.5, 0.75, 0.5, 0.25]],
  [-2, [2, 2, 1], [0.25, 0.75, 0.5, 0.5]],
  [-1, [2, 2], [0.25, 0.75, 0.5, 0.5]],
])('a softmax is along the axis %i of %j', (axis, shape, expected) => {
  const x = tf.tensor([0, Math.log(3), 0, 0], shape)
  expectClose(operatorOf(nodeLike('Softmax', [], [], { axis }), shape)(x).dataSync(), expected, 1e-6)
})

describe('a slice', () => {
  const slice = nodeLike('Slice', [])

  it.each<[string, Given[], number[]]>([
    ['from a start to an end', [known(1), known(3)], [2, 3]],
    ['from the end where it is negative', [known(-3), known(-1)], [3, 4]],
    ['up to the end at most', [known(3), known(99)], [4, 5]],
    ['along an axis that is named, in steps', [known(0), known(99), known(0), known(2)], [1, 3, 5]],
    ['backwards', [known(-1), known(-99), known(0), known(-2)], [5, 3, 1]],
    ['backwards to an end', [known(3), known(0), known(0), known(-1)], [4, 3, 2]],
    ['of nothing', [known(3), known(1)], []],
  ])('goes %s', (_, others, expected) => {
    const five = { shape: [5], known: [1, 2, 3, 4, 5] }
    expect(numbersGiven(slice, [five, ...others])).toEqual(expected)
    if (expected.length > 0) expect(valuesOf(operatorOf(slice, [5], others)(counted([5])))[1]).toEqual(expected)
  })

  it('is of a map as of any array, in steps too', () => {
    const shape = [1, 3, 2, 4]
    for (const others of [
      [known(1, 0, 1), known(3, 2, 4), known(1, 2, 3)],
      [known(0, 3), known(3, 0), known(1, 3), known(2, -1)],
    ]) {
      const plain = operatorOf(slice, shape, others)(counted(shape))
      expect(valuesOf(operatorOfMap(slice, shape, others)(counted(shape)))).toEqual(valuesOf(plain))
    }
    const columns = operatorOfMap(slice, shape, [known(1), known(4), known(3), known(2)])(counted(shape))
    expect(valuesOf(columns)).toEqual([[1, 3, 2, 2], [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]]) // prettier-ignore
  })

  it('is refused in steps of 0', () => {
    expect(() => operatorOf(slice, [5], [known(0), known(5), known(0), known(0)])).toThrow('its steps are 0')
  })
})

describe('padding', () => {
  const pad = nodeLike('Pad', [])

  it('lays numbers around all axes, or those that are named', () => {
    const two = { shape: [], known: [2] }
    expect(valuesOf(operatorOf(pad, [1, 2], [known(0, 1, 1, 2)])(counted([1, 2])))).toEqual([
      ...[[2, 5], [0, 1, 2, 0, 0, 0, 0, 0, 0, 0]], // prettier-ignore
    ])
    expect(valuesOf(operatorOf(pad, [1, 2], [known(1, 0), two, known(-1)])(counted([1, 2])))).toEqual([
      ...[[1, 3], [2, 1, 2]], // prettier-ignore
    ])
    const map = operatorOfMap(pad, [1, 2, 1, 2], [known(0, 0, 0, 1, 0, 0, 1, 0)])(counted([1, 2, 1, 2]))
    expect(valuesOf(map)).toEqual([[1, 2, 2, 3], [0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0]]) // prettier-ignore
  })

  it('is refused where it cuts, repeats what is at the edge, or is not for each side', () => {
    const mirrored = { ...pad, attributes: { mode: attribute({ text: 'reflect' }) } }
    expect(() => operatorOf(mirrored, [2], [known(1, 1)])).toThrow('other than a constant')
    expect(() => operatorOf(pad, [2], [known(-1, 0)])).toThrow('padding that cuts')
    expect(() => operatorOf(pad, [2], [known(1)])).toThrow('it has 1 numbers of padding')
  })
})

describe('another shape', () => {
  it.each<[string, Given[], Record<string, number>, number[]]>([
    ['Reshape', [known(3, -1)], {}, [3, 4]],
    ['Reshape', [known(0, 6)], {}, [2, 6]],
    ['Reshape', [known(-1, 0, 2)], {}, [2, 3, 2]],
    ['Flatten', [], {}, [2, 6]],
    ['Flatten', [], { axis: 0 }, [1, 12]],
    ['Flatten', [], { axis: -1 }, [6, 2]],
    ['Unsqueeze', [known(0, -1)], {}, [1, 2, 3, 2, 1]],
    ['Transpose', [], {}, [2, 3, 2]],
  ])('by %s', (name, others, ints, expected) => {
    expect(operatorOf(nodeLike(name, [], [], ints), [2, 3, 2], others)(counted([2, 3, 2])).shape).toEqual(expected)
  })

  it('without the axes of one entry, all or those that are named', () => {
    const squeezed = (...others: Given[]) =>
      operatorOf(nodeLike('Squeeze', []), [1, 2, 1], others)(counted([1, 2, 1])).shape
    expect([squeezed(), squeezed(known(-1)), squeezed(known(0, 2))]).toEqual([[2], [1, 2], [2]])
    expect(() => squeezed(known(1))).toThrow('axis 1 has 2 entries')
  })

  it('keeps the order of its entries, of a map as of any array', () => {
    const shape = [1, 2, 2, 2]
    const flat = operatorOfMap(nodeLike('Flatten', []), shape)(counted(shape))
    expect(valuesOf(flat)).toEqual([[1, 8], [1, 2, 3, 4, 5, 6, 7, 8]]) // prettier-ignore
    const pixel = operatorOfMap(nodeLike('Flatten', []), [2, 3, 1, 1])(counted([2, 3, 1, 1]))
    expect(valuesOf(pixel)).toEqual([[2, 3], [1, 2, 3, 4, 5, 6]]) // prettier-ignore
    const row = operatorOfMap(nodeLike('Flatten', []), [1, 2, 1, 2])(counted([1, 2, 1, 2]))
    expect(valuesOf(row)).toEqual([[1, 4], [1, 2, 3, 4]]) // prettier-ignore
  })

  it('turns axes as it is told, of a map as of any array', () => {
    const shape = [1, 2, 2, 2]
    for (const perm of [
      [0, 2, 3, 1],
      [0, 3, 1, 2],
      [0, 1, 3, 2],
      [3, 2, 1, 0],
    ]) {
      // prettier-ignore
      const node = nodeLike('Transpose', [], [], { perm })
      const expected = tf.transpose(counted(shape), perm)
      expect(valuesOf(operatorOf(node, shape)(counted(shape)))).toEqual(valuesOf(expected))
      expect(valuesOf(operatorOfMap(node, shape)(counted(shape)))).toEqual(valuesOf(expected))
    }
    expect(() => operatorOf(nodeLike('Transpose', [], [], { perm: [0, 0, 1] }), [2, 3, 2])).toThrow('perm is [0, 0, 1]')
  })

  it('is refused where entries do not fit, or axes are none', () => {
    expect(() => operatorOf(nodeLike('Reshape', []), [2, 3], [known(4, 2)])).toThrow('[2, 3] does not fit into [4, 2]')
    expect(() => operatorOf(nodeLike('Flatten', [], [], { axis: 3 }), [2, 3])).toThrow('axis 3 is none of 2')
    const zeros = nodeLike('Reshape', [], [], { allowzero: 1 })
    expect(() => operatorOf(zeros, [2, 3], [known(0, 6)])).toThrow('does not fit into [0, 6]')
  })
})

describe('parts', () => {
  it('lie behind one another along an axis, of a map as of any array', () => {
    const node = nodeLike('Concat', [], [], { axis: 1 })
    const two = { shape: [1, 1, 2, 2], known: [9, 9, 9, 9] }
    const expected = [[1, 3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]] // prettier-ignore
    expect(valuesOf(operatorOf(node, [1, 2, 2, 2], [two])(counted([1, 2, 2, 2])))).toEqual(expected)
    expect(valuesOf(operatorOfMap(node, [1, 2, 2, 2], [two])(counted([1, 2, 2, 2])))).toEqual(expected)
  })

  it('are taken apart again, alike or of sizes that are given', () => {
    const split = (outputs: string[], ...others: Given[]) =>
      numbersGiven(nodeLike('Split', [], outputs, { axis: 0 }), [known(1, 2, 3, 4, 5), ...others])
    expect([split(['a', 'b']), split(['a', 'b'], known(1, 4))]).toEqual([[1, 2, 3], [1]])
    const first = nodeLike('Split', [], ['a', 'b'], { axis: 1 })
    const y = operatorOfMap(first, [1, 4, 1, 2])(counted([1, 4, 1, 2]))
    expect(valuesOf(y)).toEqual([[1, 2, 1, 2], [1, 2, 3, 4]]) // prettier-ignore
  })

  it('are taken by one index or several, along any axis', () => {
    const taken = (axis: number, indices: Given) =>
      valuesOf(operatorOf(nodeLike('Gather', [], [], { axis }), [2, 3], [indices])(counted([2, 3])))
    expect(taken(1, { shape: [], known: [1], type: 'int32' })).toEqual([[2], [2, 5]])
    expect(taken(1, { shape: [], known: [-1], type: 'int32' })).toEqual([[2], [3, 6]])
    expect(taken(0, known(1, 0))).toEqual([[2, 3], [4, 5, 6, 1, 2, 3]]) // prettier-ignore
    expect(taken(1, { shape: [1, 2], known: [2, 0], type: 'int32' })).toEqual([[2, 1, 2], [3, 1, 6, 4]]) // prettier-ignore
  })

  it('are repeated as often as each axis says', () => {
    const tile = (...repeats: number[]) =>
      operatorOf(nodeLike('Tile', []), [1, 2], [known(...repeats)])(counted([1, 2]))
    expect(valuesOf(tile(2, 1))).toEqual([[2, 2], [1, 2, 1, 2]]) // prettier-ignore
    expect(valuesOf(tile(1, 2))).toEqual([[1, 4], [1, 2, 1, 2]]) // prettier-ignore
    expect(() => tile(2)).toThrow('its repeats are [2]')
    expect(() => tile(2, -1)).toThrow('its repeats are [2, -1]')
  })
})

it('running sums of known numbers are along any axis, of others along the last', () => {
  const x = { shape: [2, 3], known: [1, 2, 3, 4, 5, 6] }
  const sums = (axis: number) => numbersGiven(nodeLike('CumSum', []), [x, known(axis)])
  expect([sums(1), sums(0)]).toEqual([[1, 3, 6, 4, 9, 15], [1, 2, 3, 5, 7, 9]]) // prettier-ignore
  expect(() => operatorOf(nodeLike('CumSum', []), [2, 3], [known(0)])).toThrow('along another axis than the last')
  for (const name of ['exclusive', 'reverse'])
    expect(() => operatorOf(nodeLike('CumSum', [], [], { [name]: 1 }), [2, 3], [known(1)])).toThrow(
      'exclusive or reverse',
    )
})
