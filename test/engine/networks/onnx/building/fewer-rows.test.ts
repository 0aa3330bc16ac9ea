import { describe, expect, it } from 'vitest'
import { withFewerRows } from '../../../../../src/engine/networks/onnx/building/fewer-rows.ts'
import { runNode } from '../../../../../src/engine/networks/onnx/building/run-stage.ts'
import type { GraphValue, Node, Settings } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { shapeFor } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { ValueTable } from '../../../../../src/engine/networks/onnx/operators/value-table.ts'
import { tf, type Tensor } from '../../../../../src/engine/tf.ts'
import '../../../../support/tensorflow.ts'

let ids = 0
const valueOf = (sizes: number[], array?: string): GraphValue => ({
  id: ids++,
  sizes,
  shape: shapeFor(sizes, 1),
  type: 'float32',
  ...(array !== undefined && { array, kind: 'parameter' as const }),
})

type Step = [operator: string, sizes: number[], settings?: Settings, others?: GraphValue[]]

/** A graph as a chain of nodes from one value. */
function chain(
  from: GraphValue,
  steps: [operator: string, sizes: number[], settings?: Settings, others?: GraphValue[]][],
) {
  const nodes: Node[] = []
  let x = from
  for (const [operator, sizes, settings, others = []] of steps) {
    const y = valueOf(sizes)
    nodes.push({ operator, inputs: [x, ...others], outputs: [y], module: '', settings })
    x = y
  }
  return { nodes, output: x }
}

const weight = valueOf([5, 3], 'weight')
const bias = valueOf([5], 'bias')
const numbers = (shape: number[]) =>
  tf.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => (index % 7) - 3),
    shape,
  )

/** What nodes make of whole numbers, which are exact in any order. */
function computed(nodes: readonly Node[], from: GraphValue, output: GraphValue): number[] {
  return tf.tidy(() => {
    const arrays: Record<string, Tensor> = { weight: numbers([5, 3]), bias: tf.tensor1d([10, 20, 30, 40, 50]) }
    const context = { value: (name: string) => arrays[name]!, training: () => false, updateBuffer() {}, dropoutSeed: tf.tensor1d([1, 2], 'int32') } // prettier-ignore
    const table = new ValueTable({ context, samples: 2, isFilter: () => false })
    table.set(from, numbers(shapeFor(from.sizes, 2)), 'plain')
    for (const node of nodes) runNode(node, table, null)
    return Array.from(table.get(output, 'plain').dataSync())
  })
}

const operatorsOf = (nodes: readonly Node[]) => nodes.map(({ operator }) => operator)

const pad = (after: number[], value = 0) => ({ before: [0, 0, 0, 0], after, value })
const order = [0, 1, 3, 2, 4, 5]
const inWindows: Step[] = [
  ['Reshape', [-1, 2, 2, 2, 2, 3]],
  ['Transpose', [-1, 2, 2, 2, 2, 3], { order }],
  ['Reshape', [-4, 4, 3]],
]
const outOfWindows: Step[] = [
  ['Reshape', [-1, 2, 2, 2, 2, 5]],
  ['Transpose', [-1, 2, 2, 2, 2, 5], { order }],
  ['Reshape', [-1, 4, 4, 5]],
]
const linear = (sizes: number[], others = [weight, bias]): Step => ['Linear', sizes, undefined, others]
const cut: Step = ['Slice', [-1, 3, 3, 5], { start: [0, 0, 0, 0], step: [1, 1, 1, 1] }]

describe('a linear layer on windows of a padded map', () => {
  const map = valueOf([-1, 3, 3, 3])
  const padded: Step[] = [['Pad', [-1, 4, 4, 3], pad([0, 1, 1, 0])], ...inWindows]

  it('is computed of the map before it is padded, its bias where it was', () => {
    const { nodes, output } = chain(map, [...padded, linear([-4, 4, 5])])
    const run = withFewerRows(nodes, [output])
    expect(operatorsOf(run)).toEqual(['Linear', 'Pad', 'Reshape', 'Transpose', 'Reshape', 'BiasAdd'])
    expect(run[0]!.inputs).toEqual([map, weight])
    expect(run[0]!.outputs[0]!.sizes).toEqual([-1, 3, 3, 5])
    expect(computed(run, map, output)).toEqual(computed(nodes, map, output))
  })

  it('ends in the last change of layout where it has no bias', () => {
    const { nodes, output } = chain(map, [...padded, linear([-4, 4, 5], [weight])])
    const run = withFewerRows(nodes, [output])
    expect(operatorsOf(run)).toEqual(['Linear', 'Pad', 'Reshape', 'Transpose', 'Reshape'])
    expect(computed(run, map, output)).toEqual(computed(nodes, map, output))
  })

  it('moves where the padded map is turned round, in two parts that are put together', () => {
    const { nodes, output: whole } = chain(map, padded.slice(0, 1))
    const parts = [valueOf([-1, 3, 4, 3]), valueOf([-1, 1, 4, 3])]
    const turned = valueOf([-1, 4, 4, 3])
    const slice = (output: GraphValue, row: number): Node => {
      const settings = { start: [0, row, 0, 0], step: [1, 1, 1, 1] }
      return { operator: 'Slice', inputs: [whole], outputs: [output], module: '', settings }
    }
    nodes.push(slice(parts[0]!, 1), slice(parts[1]!, 0))
    nodes.push({ operator: 'Concat', inputs: parts, outputs: [turned], module: '', settings: { axis: 1 } })
    const rest = chain(turned, [...inWindows, linear([-4, 4, 5])])
    const all = [...nodes, ...rest.nodes]
    const run = withFewerRows(all, [rest.output])
    expect(operatorsOf(run).slice(0, 5)).toEqual(['Linear', 'Pad', 'Slice', 'Slice', 'Concat'])
    expect(computed(run, map, rest.output)).toEqual(computed(all, map, rest.output))
  })

  it.each([
    ['by another number than 0', [['Pad', [-1, 4, 4, 3], pad([0, 1, 1, 0], 1)], ...inWindows]],
    ['and a function of entries in between', [...padded, ['Relu', [-4, 4, 3]]]],
    ['and dropout in between', [...padded, ['Dropout', [-4, 4, 3], { rate: 0.1 }]]],
  ] as [string, Step[]][])('stays behind padding %s', (_name, steps) => {
    const { nodes, output } = chain(map, [...steps, linear([-4, 4, 5])])
    expect(withFewerRows(nodes, [output])).toEqual(nodes)
  })

  it('stays behind padding of its features', () => {
    const narrow = valueOf([-1, 4, 4, 2])
    const { nodes, output } = chain(narrow, [
      ['Pad', [-1, 4, 4, 3], pad([0, 0, 0, 1])],
      ...inWindows,
      linear([-4, 4, 5]),
    ])
    expect(withFewerRows(nodes, [output])).toEqual(nodes)
  })

  it('stays where the padded map is cut to fewer rows than it had', () => {
    const { nodes, output } = chain(map, [
      padded[0]!,
      ['Slice', [-1, 2, 4, 3], { start: [0, 0, 0, 0], step: [1, 1, 1, 1] }],
      linear([-1, 2, 4, 5]),
    ])
    expect(withFewerRows(nodes, [output])).toEqual(nodes)
  })

  it('leaves what others read of the padded map', () => {
    const { nodes, output } = chain(map, [...padded, linear([-4, 4, 5])])
    const windows = nodes[3]!.outputs[0]!
    const run = withFewerRows(nodes, [output, windows])
    expect(computed(run, map, windows)).toEqual(computed(nodes, map, windows))
    expect(computed(run, map, output)).toEqual(computed(nodes, map, output))
  })
})

describe('a linear layer on windows of a map that is cut', () => {
  const windows = valueOf([-4, 4, 3])

  it('is computed of what is left', () => {
    const { nodes, output } = chain(windows, [linear([-4, 4, 5]), ...outOfWindows, cut])
    const run = withFewerRows(nodes, [output])
    expect(operatorsOf(run)).toEqual(['Reshape', 'Transpose', 'Reshape', 'Slice', 'Linear'])
    expect(run.at(-1)!.inputs[0]!.sizes).toEqual([-1, 3, 3, 3])
    expect(computed(run, windows, output)).toEqual(computed(nodes, windows, output))
  })

  it('passes dropout that drops nothing', () => {
    const steps = [linear([-4, 4, 5]), ['Dropout', [-4, 4, 5], { rate: 0 }], ...outOfWindows, cut]
    const { nodes, output } = chain(windows, steps as Step[])
    const run = withFewerRows(nodes, [output])
    expect(operatorsOf(run).at(-1)).toBe('Linear')
    expect(computed(run, windows, output)).toEqual(computed(nodes, windows, output))
  })

  it('stays where something else reads the rows that go', () => {
    const { nodes, output } = chain(windows, [linear([-4, 4, 5]), ...outOfWindows, cut])
    expect(withFewerRows(nodes, [output, nodes[2]!.outputs[0]!])).toEqual(nodes)
  })
})
