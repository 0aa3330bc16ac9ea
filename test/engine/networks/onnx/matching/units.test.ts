import { describe, expect, it } from 'vitest'
import { linkedGraph } from '../../../../../src/engine/networks/onnx/graph/linked-graph.ts'
import type { StoredGraph } from '../../../../../src/engine/networks/onnx/graph/stored-graph.ts'
import { graphUnits } from '../../../../../src/engine/networks/onnx/matching/units.ts'
import { permuteAxes } from '../../../../../src/engine/matching/permute-units.ts'
import { unitGroups } from '../../../../../src/engine/matching/unit-groups.ts'
import { permutation, stream } from '../../../../../src/engine/random.ts'
import { tf } from '../../../../../src/engine/tf.ts'
import { recordingContext } from '../../../../support/forward.ts'
import { onnxFixture, onnxFixtures, referenceInputs } from '../../../../support/onnx-fixtures.ts'
import '../../../../support/tensorflow.ts'

describe.each(onnxFixtures)('units of %s', (name) => {
  const exits = name === 'pooled' ? [0] : [0, 1]
  const { network, arrays, reference } = onnxFixture(name, { exits })
  const groups = unitGroups(network.parameters)

  function logits(own: typeof arrays): number[] {
    return tf.tidy(() => {
      const all = network.forward(recordingContext(own).context, referenceInputs(reference))
      return all.flatMap((each) => Array.from(each!.dataSync()))
    })
  }

  it('are found in every block', () => {
    const matched = network.parameters.filter(({ axes }) => axes.length > 0)
    const blocks = new Set(matched.map(({ group }) => group).filter((group) => group.startsWith('blocks.')))
    expect(blocks.size).toBe(network.sites.length)
  })

  it('can be permuted at once in every group without a change of any exit’s logits', () => {
    const random = stream(3)
    const orders = new Map(groups.map((group) => [group.name, permutation(group.size, random)]))
    const permuted = Object.fromEntries(
      network.parameters.map((parameter) => [
        parameter.name,
        permuteAxes(arrays[parameter.name]!, parameter.axes, orders as never),
      ]),
    )
    const changed = network.parameters.filter(({ name: each }) =>
      permuted[each]!.values.some((value, i) => value !== arrays[each]!.values[i]),
    )
    expect(changed.length).toBeGreaterThan(4)
    const [before, after] = [logits(arrays), logits(permuted)]
    const most = Math.max(...before.map(Math.abs))
    before.forEach((value, index) => expect(Math.abs(value - after[index]!) / most).toBeLessThan(1e-5))
  })
})

it('units of attention are its heads and the width of each, those of groups of filters the groups and the channels of each', () => {
  const axesOf = (fixture: 'transformer' | 'convolutional', name: string) =>
    onnxFixture(fixture)
      .network.parameters.find((parameter) => parameter.name === name)!
      .axes.map(({ axis, tile = 1, repeat = 1 }) => ({ axis, tile, repeat }))
  expect(axesOf('transformer', 'layers.0.attention.qkv.weight')).toEqual([
    { axis: 0, tile: 3, repeat: 8 },
    { axis: 0, tile: 6, repeat: 1 },
    { axis: 1, tile: 1, repeat: 1 },
  ])
  expect(axesOf('transformer', 'layers.0.attention.out.weight')).toContainEqual({ axis: 1, tile: 1, repeat: 8 })
  expect(axesOf('convolutional', '1.0.layers.0.weight')).toEqual([
    { axis: 2, tile: 1, repeat: 1 },
    { axis: 3, tile: 1, repeat: 2 },
    { axis: 3, tile: 4, repeat: 1 },
  ])
})

const node = (
  operator: string,
  inputs: number[],
  output: number,
  settings?: StoredGraph['nodes'][number]['settings'],
) => ({
  operator,
  inputs,
  outputs: [output],
  module: 0,
  ...(settings && { settings }),
})
/** Units of the axes of values, by their numbers, in a graph of these nodes. */
function unitsIn(shapes: number[][], nodes: StoredGraph['nodes'], input: StoredGraph['inputs'][number]) {
  const others = { output: shapes.length - 1, modules: [''], arrays: [], constants: [] }
  const graph = linkedGraph({ format: 1, inputs: [input], shapes, nodes, ...others })
  const unitsOf = graphUnits(graph)
  return (value: number, axis: number) => unitsOf(graph.values[value]!, axis)
}

it('places of tokens are none: positions that are added to tokens stay where they are, their channels may move', () => {
  const [ids, table, tokens, positions, sum, filter, product, mean] = [0, 1, 2, 3, 4, 5, 6, 7] as const
  const unitsOf = unitsIn(
    [
      [-1, 12],
      [50, 8],
      [-1, 12, 8],
      [1, 12, 8],
      [-1, 12, 8],
      [8, 6],
      [-1, 12, 6],
      [-1, 6],
    ],
    [
      node('Gather', [table, ids], tokens, { axis: 0 }),
      node('Add', [tokens, positions], sum),
      node('MatMul', [sum, filter], product),
      node('ReduceMean', [product], mean, { axes: [1], keep: 0 }),
    ],
    { name: 'ids', value: ids, type: 'int32' },
  )
  expect([unitsOf(table, 0), unitsOf(positions, 1)]).toEqual([undefined, undefined])
  expect(unitsOf(positions, 2)).toEqual(unitsOf(table, 1))
  expect(unitsOf(positions, 2)).toHaveLength(1)
})

it('an axis that is turned round keeps its order', () => {
  const [x, filter, product, turned, second, logits] = [0, 1, 2, 3, 4, 5] as const
  const unitsOf = unitsIn(
    [
      [-1, 4],
      [4, 6],
      [-1, 6],
      [-1, 6],
      [6, 3],
      [-1, 3],
    ],
    [
      node('MatMul', [x, filter], product),
      node('Slice', [product], turned, { start: [0, 5], step: [1, -1] }),
      node('MatMul', [turned, second], logits),
    ],
    { name: 'x', value: x, type: 'float32' },
  )
  expect([unitsOf(filter, 1), unitsOf(second, 0)]).toEqual([undefined, undefined])
})

it('places that a convolution reads stay where they are', () => {
  const [x, filter, places, map, kernel, y] = [0, 1, 2, 3, 4, 5] as const
  const unitsOf = unitsIn(
    [
      [-1, 6, 3],
      [3, 4],
      [-1, 6, 4],
      [-1, 6, 2, 2],
      [5, 6, 1, 1],
      [-1, 5, 2, 2],
    ],
    [
      node('MatMul', [x, filter], places),
      node('Reshape', [places], map, { shape: [-1, 6, 2, 2] }),
      node('Conv', [map, kernel], y, { strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], groups: 1 }),
    ],
    { name: 'x', value: x, type: 'float32' },
  )
  expect(unitsOf(filter, 1)).toBeUndefined()
})
