import { expect, it } from 'vitest'
import { initialisers } from '../../../../../src/engine/networks/onnx/building/fresh-start.ts'
import type { ArrayValue } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { stream } from '../../../../../src/engine/random.ts'
import { smallGraph, type SmallNode } from '../../../../support/small-graph.ts'

const drawn = 10_000

/** What an array of the one node of a network is initialised with, in many draws. */
function of(array: string, arrays: Record<string, number[]>, node: Omit<SmallNode, 'outputs'>, fresh = {}): number[] {
  const { graph, value } = smallGraph({ inputs: { x: [-1, 4] }, arrays, nodes: [{ ...node, outputs: { y: [-1, 3] } }] })
  return Array.from(initialisers(graph, fresh)(value(array) as ArrayValue)(drawn, stream(1)))
}
/** Of a uniform distribution around 0, by its largest of many draws; null where it is none. */
function boundOf(values: number[]): number | null {
  const bound = Math.max(...values)
  const within = values.filter((each) => Math.abs(each) < bound / 2).length / drawn
  return Math.abs(within - 0.5) < 0.03 && Math.abs(Math.min(...values) + bound) < 0.01 * bound ? bound : null
}

it.each<[node: Omit<SmallNode, 'inputs' | 'outputs'>, sizes: number[], inputs: number]>([
  [{ operator: 'Conv' }, [8, 4, 3, 3], 36],
  [{ operator: 'Linear' }, [9, 16], 16],
  [{ operator: 'Gemm', settings: { transposed: 1 } }, [9, 16], 16],
  [{ operator: 'Gemm', settings: { transposed: 0 } }, [9, 16], 9],
])('the weights of %j of sizes %j and its bias are uniform to 1/√%i', (node, sizes, inputs) => {
  const arrays = { weight: sizes, bias: [8] }
  const given = { ...node, inputs: ['x', 'weight', 'bias'] }
  for (const name of ['weight', 'bias']) expect(boundOf(of(name, arrays, given))).toBeCloseTo(1 / Math.sqrt(inputs), 3)
})

it('a matrix is uniform to 1/√n of its rows, and products of more axes are tables', () => {
  const node = { operator: 'MatMul', inputs: ['x', 'weight'] }
  expect(boundOf(of('weight', { weight: [9, 16] }, node))).toBeCloseTo(1 / 3, 3)
  expect(boundOf(of('weight', { weight: [2, 9, 16] }, node))).toBeNull()
})

it('a normalisation begins with scales and variances of 1, offsets and means of 0', () => {
  const arrays = { scale: [4], offset: [4], mean: [4], variance: [4] }
  const names = Object.keys(arrays)
  const node = { operator: 'BatchNormalization', inputs: ['x', ...names] }
  expect(names.map((name) => [...new Set(of(name, arrays, node))])).toEqual([[1], [0], [0], [1]])
})

it('anything else is normal of 0.02, unless it had one number in the file, which it gets', () => {
  const [arrays, node] = [{ token: [1, 4] }, { operator: 'Add', inputs: ['x', 'token'] }]
  const values = of('token', arrays, node)
  const deviation = Math.sqrt(values.reduce((sum, each) => sum + each * each, 0) / drawn)
  expect(deviation).toBeCloseTo(0.02, 3)
  expect(boundOf(values)).toBeNull()
  expect(new Set(of('token', arrays, node, { token: 0.5 }))).toEqual(new Set([0.5]))
  expect(new Set(of('token', arrays, node, { token: 0 }))).toEqual(new Set([0]))
})
