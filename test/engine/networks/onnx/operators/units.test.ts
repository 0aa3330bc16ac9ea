import { describe, expect, it } from 'vitest'
import type { Units } from '../../../../../src/engine/layers/layer.ts'
import type { Settings } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { graphUnits } from '../../../../../src/engine/networks/onnx/matching/units.ts'
import { smallGraph, type SmallNode } from '../../../../support/small-graph.ts'

const node = (
  operator: string,
  inputs: string[],
  outputs: Record<string, number[]>,
  settings?: Settings,
): SmallNode => ({ operator, inputs, outputs, ...(settings && { settings }) })

/** Says of axes what can be permuted alike, written `array.axis`, in a network of these nodes. */
function unitsOf(input: number[], arrays: Record<string, number[]>, nodes: SmallNode[]) {
  const { graph, value } = smallGraph({ inputs: { x: input }, arrays, nodes })
  const units = graphUnits(graph)
  return (place: string) => {
    const [name, axis] = place.split('.') as [string, string]
    return units(value(name), Number(axis)) as Units[] | undefined
  }
}

const windows = { strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] }
const conv = (inputs: string[], outputs: Record<string, number[]>, groups = 1) =>
  node('Conv', inputs, outputs, { ...windows, groups })

/** A convolution of 3 channels to 4, nodes between, and a convolution to 5 channels. */
function between(channels: number, arrays: Record<string, number[]>, ...nodes: SmallNode[]) {
  const { outputs } = nodes.at(-1)!
  const [last] = Object.keys(outputs)
  const all = { first: [4, 3, 1, 1], bias: [4], ...arrays, last: [5, channels, 1, 1] }
  return unitsOf([-1, 3, 6, 6], all, [
    conv(['x', 'first', 'bias'], { a: [-1, 4, 6, 6] }),
    ...nodes,
    conv([last!, 'last'], { logits: [-1, 5, 2, 2] }),
  ])
}

describe('the filters of a convolution are the channels of the next', () => {
  it('with their biases, and nothing else', () => {
    const of = between(4, {}, node('Relu', ['a'], { b: [-1, 4, 6, 6] }))
    expect(of('first.0')).toEqual([{ group: expect.any(String) as string }])
    expect([of('bias.0'), of('last.1')]).toEqual([of('first.0'), of('first.0')])
    expect(['first.1', 'last.0', 'last.2', 'a.2'].map(of)).toEqual([undefined, undefined, undefined, undefined])
  })

  it('through a convolution of each channel by itself', () => {
    const of = between(4, { own: [4, 1, 3, 3] }, conv(['a', 'own'], { b: [-1, 4, 4, 4] }, 4))
    expect(of('first.0')).toHaveLength(1)
    expect([of('own.0'), of('last.1')]).toEqual([of('first.0'), of('first.0')])
    expect([of('own.1'), of('own.2')]).toEqual([undefined, undefined])
  })

  it('within the groups of a convolution of groups, which move as a whole', () => {
    const of = between(6, { own: [6, 2, 1, 1] }, conv(['a', 'own'], { b: [-1, 6, 6, 6] }, 2))
    const [group, filter] = of('own.0')!
    expect(of('own.0')).toEqual([
      { ...group, repeat: 3 },
      { ...filter, tile: 2 },
    ])
    expect(of('last.1')).toEqual(of('own.0'))
    const [channel] = of('own.1')!
    expect(of('own.1')).toEqual([{ group: channel!.group }])
    expect(of('first.0')).toEqual([
      { group: group!.group, repeat: 2 },
      { group: channel!.group, tile: 2 },
    ])
  })

  it('with those that a convolution of each channel by itself makes of each', () => {
    const of = between(8, { own: [8, 1, 1, 1] }, conv(['a', 'own'], { b: [-1, 8, 6, 6] }, 4))
    const [channel] = of('first.0')!
    expect(of('first.0')).toEqual([{ group: channel!.group }])
    expect(of('own.0')).toEqual([
      { group: channel!.group, repeat: 2 },
      { group: expect.any(String) as string, tile: 4 },
    ])
    expect([of('last.1'), of('own.1')]).toEqual([of('own.0'), undefined])
  })

  it.each([
    ['MaxPool', { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0], countPadding: 0 }, [-1, 4, 3, 3]],
    ['GlobalAveragePool', undefined, [-1, 4, 1, 1]],
    ['ReduceMean', { axes: [2, 3], keep: 1 }, [-1, 4, 1, 1]],
    [
      'Resize',
      { mode: 'nearest', coordinates: 'asymmetric', rounding: 'floor', slope: 0, scales: [2, 2] },
      [-1, 4, 12, 12],
    ],
    ['Pad', { before: [0, 0, 1, 1], after: [0, 0, 1, 1], value: 0 }, [-1, 4, 8, 8]],
  ] as [string, Settings, number[]][])('through %s', (operator, settings, sizes) => {
    const of = between(4, {}, node(operator, ['a'], { b: sizes }, settings))
    expect(of('first.0')).toHaveLength(1)
    expect(of('last.1')).toEqual(of('first.0'))
    expect([of('b.2'), of('b.3'), of('a.2')]).toEqual([undefined, undefined, undefined])
  })

  it.each(['BatchNormalization', 'InstanceNormalization'])('through %s, whose arrays are of them', (operator) => {
    const names = operator === 'BatchNormalization' ? ['s', 'o', 'm', 'v'] : ['s', 'o']
    const arrays = Object.fromEntries(names.map((name) => [name, [4]]))
    const of = between(4, arrays, node(operator, ['a', ...names], { b: [-1, 4, 6, 6] }, { epsilon: 0, ratio: 0.1 }))
    expect(of('first.0')).toHaveLength(1)
    for (const place of [...names.map((name) => `${name}.0`), 'last.1']) expect(of(place), place).toEqual(of('first.0'))
  })

  it('of both that are put behind one another, each in its part', () => {
    const other = { other: [2, 3, 1, 1] }
    const of = between(
      6,
      other,
      conv(['x', 'other'], { c: [-1, 2, 6, 6] }),
      node('Concat', ['a', 'c'], { b: [-1, 6, 6, 6] }, { axis: 1 }),
    )
    const [[first], [second]] = [of('first.0')!, of('other.0')!]
    expect(of('last.1')).toEqual([
      { ...first, offset: 0, count: 4 },
      { ...second, offset: 4, count: 2 },
    ])
  })

  it('of a part that is cut out, and of two parts that are added, the same', () => {
    const parts = node('Split', ['a'], { c: [-1, 2, 6, 6], d: [-1, 2, 6, 6] }, { axis: 1 })
    const of = between(2, {}, parts, node('Add', ['c', 'd'], { b: [-1, 2, 6, 6] }))
    const [unit] = of('last.1')!
    expect(of('last.1')).toHaveLength(1)
    expect(of('first.0')).toEqual([
      { ...unit, offset: 0, count: 2 },
      { ...unit, offset: 2, count: 2 },
    ])
  })
})

/** x [samples, 4] · first [4, 6], nodes between, · last [·, 3]. */
function behindProduct(arrays: Record<string, number[]>, ...nodes: SmallNode[]) {
  return unitsOf([-1, 7, 4], { first: [4, 6], ...arrays }, [
    node('MatMul', ['x', 'first'], { a: [-1, 7, 6] }),
    ...nodes,
  ])
}

describe('the columns of a product are the rows of the next', () => {
  it.each([
    ['MatMul', 1, 0],
    ['Linear', 0, 1],
  ])('by %s with its bias', (operator, out, into) => {
    const shape = (rows: number, columns: number) => (out === 1 ? [rows, columns] : [columns, rows])
    const biased =
      operator === 'Linear'
        ? [node(operator, ['a', 'second', 'bias'], { c: [-1, 7, 8] })]
        : [node(operator, ['a', 'second'], { b: [-1, 7, 8] }), node('Add', ['b', 'bias'], { c: [-1, 7, 8] })]
    const of = behindProduct(
      { second: shape(6, 8), bias: [8], last: shape(8, 3) },
      ...biased,
      node(operator, ['c', 'last'], { logits: [-1, 7, 3] }),
    )
    expect(of('first.1')).toEqual([{ group: expect.any(String) as string }])
    expect(of(`second.${into}`)).toEqual(of('first.1'))
    expect(of(`second.${out}`)).toHaveLength(1)
    expect(of(`second.${out}`)).not.toEqual(of('first.1'))
    expect([of('bias.0'), of(`last.${into}`)]).toEqual([of(`second.${out}`), of(`second.${out}`)])
    expect([of('first.0'), of(`last.${out}`), of('a.1')]).toEqual([undefined, undefined, undefined])
  })

  it.each([0, 1])('by Gemm with transposed = %i and its bias', (transposed) => {
    const turned = (sizes: number[]) => (transposed ? sizes.toReversed() : sizes)
    const arrays = { first: turned([4, 6]), bias: [6], wide: [1, 8], second: turned([6, 8]), last: turned([8, 3]) }
    const of = unitsOf([-1, 4], arrays, [
      node('Gemm', ['x', 'first', 'bias'], { a: [-1, 6] }, { transposed }),
      node('Gemm', ['a', 'second', 'wide'], { b: [-1, 8] }, { transposed }),
      node('Gemm', ['b', 'last'], { logits: [-1, 3] }, { transposed }),
    ])
    const [out, into] = transposed ? [0, 1] : [1, 0]
    expect(of(`first.${out}`)).toHaveLength(1)
    expect([of('bias.0'), of(`second.${into}`)]).toEqual([of(`first.${out}`), of(`first.${out}`)])
    expect(of(`second.${out}`)).toHaveLength(1)
    expect([of('wide.1'), of(`last.${into}`)]).toEqual([of(`second.${out}`), of(`second.${out}`)])
    expect([of(`first.${into}`), of(`last.${out}`)]).toEqual([undefined, undefined])
  })

  it('of two factors that are computed, each where it lies, the samples nowhere', () => {
    const arrays = { first: [4, 6], second: [4, 6], third: [4, 5], last: [5, 3] }
    const of = unitsOf([-1, 7, 4], arrays, [
      node('MatMul', ['x', 'first'], { q: [-1, 7, 6] }),
      node('MatMul', ['x', 'second'], { k: [-1, 7, 6] }),
      node('Transpose', ['k'], { t: [-1, 6, 7] }, { order: [0, 2, 1] }),
      node('MatMul', ['q', 't'], { scores: [-1, 7, 7] }),
      node('MatMul', ['x', 'third'], { v: [-1, 7, 5] }),
      node('MatMul', ['scores', 'v'], { y: [-1, 7, 5] }),
      node('MatMul', ['y', 'last'], { logits: [-1, 7, 3] }),
    ])
    expect(of('first.1')).toHaveLength(1)
    expect(of('second.1')).toEqual(of('first.1'))
    expect(of('third.1')).toHaveLength(1)
    expect(of('last.0')).toEqual(of('third.1'))
    expect(of('third.1')).not.toEqual(of('first.1'))
    expect([of('scores.1'), of('scores.2')]).toEqual([undefined, undefined])
  })

  it('that is normalised over them, whose arrays are of them', () => {
    const of = behindProduct(
      { scale: [6], offset: [6], last: [6, 3] },
      node('LayerNormalization', ['a', 'scale', 'offset'], { b: [-1, 7, 6] }, { epsilon: 0 }),
      node('MatMul', ['b', 'last'], { logits: [-1, 7, 3] }),
    )
    expect(of('first.1')).toHaveLength(1)
    expect([of('scale.0'), of('offset.0'), of('last.0')]).toEqual([of('first.1'), of('first.1'), of('first.1')])
  })

  it('that is cut into heads, which move as a whole, and put together again', () => {
    const of = behindProduct(
      { last: [6, 3] },
      node('Reshape', ['a'], { heads: [-1, 7, 2, 3] }),
      node('Transpose', ['heads'], { turned: [-1, 2, 7, 3] }, { order: [0, 2, 1, 3] }),
      node('Relu', ['turned'], { b: [-1, 2, 7, 3] }),
      node('Transpose', ['b'], { back: [-1, 7, 2, 3] }, { order: [0, 2, 1, 3] }),
      node('Reshape', ['back'], { c: [-1, 7, 6] }),
      node('MatMul', ['c', 'last'], { logits: [-1, 7, 3] }),
    )
    const [head, width] = of('first.1')!
    expect(of('first.1')).toEqual([
      { ...head, repeat: 3 },
      { ...width, tile: 2 },
    ])
    expect(of('last.0')).toEqual(of('first.1'))
    expect([of('turned.1'), of('turned.3')]).toEqual([[{ group: head!.group }], [{ group: width!.group }]])
    expect(of('turned.2')).toBeUndefined()
  })

  it('that is cut into heads, and each of these once more', () => {
    const of = unitsOf([-1, 7, 4], { first: [4, 12], last: [3, 3] }, [
      node('MatMul', ['x', 'first'], { a: [-1, 7, 12] }),
      node('Reshape', ['a'], { pairs: [-1, 7, 2, 6] }),
      node('Reshape', ['pairs'], { b: [-1, 7, 2, 2, 3] }),
      node('MatMul', ['b', 'last'], { logits: [-1, 7, 2, 2, 3] }),
    ])
    const [inner] = of('last.0')!
    expect(of('last.0')).toEqual([{ group: inner!.group }])
    expect(of('first.1')).toContainEqual({ ...inner, tile: 4 })
  })

  it('nowhere that an axis is cut anew across what it was', () => {
    const of = behindProduct(
      { last: [7, 3] },
      node('Reshape', ['a'], { b: [-1, 6, 7] }),
      node('MatMul', ['b', 'last'], { logits: [-1, 6, 3] }),
    )
    expect([of('first.1'), of('last.0')]).toEqual([undefined, undefined])
  })

  it.each([
    [0, [-1, 6]],
    [1, [-1, 1, 6]],
  ])('through the mean over other axes, with keep = %i', (keep, sizes) => {
    const of = behindProduct(
      { last: [6, 3] },
      node('ReduceMean', ['a'], { b: sizes }, { axes: [1], keep }),
      node('MatMul', ['b', 'last'], { logits: sizes.with(-1, 3) }),
    )
    expect(of('first.1')).toHaveLength(1)
    expect(of('last.0')).toEqual(of('first.1'))
  })

  it('nowhere along an axis that is summed up place by place, is resized or is repeated', () => {
    const sums = behindProduct({ last: [6, 3] }, node('CumSum', ['a'], { b: [-1, 7, 6] }, { axis: 2 }), node('MatMul', ['b', 'last'], { logits: [-1, 7, 3] })) // prettier-ignore
    expect([sums('first.1'), sums('last.0')]).toEqual([undefined, undefined])
    const tiled = behindProduct({ last: [12, 3] }, node('Tile', ['a'], { b: [-1, 7, 12] }), node('MatMul', ['b', 'last'], { logits: [-1, 7, 3] })) // prettier-ignore
    expect([tiled('first.1'), tiled('last.0')]).toEqual([undefined, undefined])
  })
})
