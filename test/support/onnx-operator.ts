import {
  isLive,
  type ElementName,
  type GraphValue,
  type Node,
  type Value,
} from '../../src/engine/networks/onnx/graph/graph.ts'
import { Call } from '../../src/engine/networks/onnx/operators/call.ts'
import { operators } from '../../src/engine/networks/onnx/operators/index.ts'
import type { Known } from '../../src/engine/networks/onnx/operators/known.ts'
import { ValueTable, type Layout } from '../../src/engine/networks/onnx/operators/value-table.ts'
import { macsOf, type Operation } from '../../src/engine/layers/operations.ts'
import { tf, type Tensor } from '../../src/engine/tf.ts'
import type { OnnxNode } from '../../src/shared/onnx-file/model.ts'

export type Given = Pick<Value, 'shape' | 'known' | 'array'> & Partial<Pick<Value, 'type'>>

/** A node in a graph, with all values that it is given, those included that have become settings. */
function placed(node: OnnxNode, values: readonly Value[]): { own: Node; given: GraphValue[] } {
  const { outputs, settings, operands = values.keys() } = operators[node.operator]!.infer!(node, values)
  const all = [...values, ...outputs].map((each, id): GraphValue => ({ ...each, id, sizes: each.shape }))
  const given = all.slice(0, values.length)
  const inputs = Array.from(operands, (index) => given[index])
  return { own: { operator: node.operator, inputs, outputs: all.slice(values.length), module: '', settings }, given }
}

type Runs = (...given: Tensor[]) => Tensor

/** What a node gives of a value, and of further ones: those whose numbers are not known are given as well; `type`: of all of them. */
export function operatorOf(node: OnnxNode, shape: number[], others: Given[] = [], type: ElementName = 'float32'): Runs {
  const values = [{ shape }, ...others].map((each): Value => ({ type, ...each }))
  return running(node, values, 'plain')
}

/** What a node gives of a map that lies with its channels last, and of further values, whose numbers are known. */
export const operatorOfMap = (node: OnnxNode, shape: number[], others: Given[] = []): Runs =>
  running(
    node,
    [{ shape }, ...others].map((each): Value => ({ type: 'float32', ...each })),
    'map',
  )

function running(node: OnnxNode, values: readonly Value[], layout: Layout): Runs {
  const { own, given } = placed(node, values)
  const [output] = own.outputs
  const context = { value: () => tf.scalar(0), training: () => false, updateBuffer: () => {} }
  return (...tensors) => {
    const table = new ValueTable({ context, samples: values[0]!.shape[0]!, isFilter: () => false })
    for (const [index, value] of given.filter(isLive).entries())
      table.set(value, layout === 'map' ? tf.transpose(tensors[index]!, [0, 2, 3, 1]) : tensors[index]!, layout)
    const [first] = operators[node.operator]!.run!(new Call(own, table, null))
    table.set(output!, first!.tensor, first!.layout)
    return table.get(output!, 'plain')
  }
}

/** What a node gives of known numbers, before anything runs; `type`: of all of them. */
export function numbersGiven(node: OnnxNode, operands: Given[], type: ElementName = 'float32'): number[] {
  const { own } = placed(
    node,
    operands.map((each): Value => ({ type, ...each })),
  )
  const { settings, inputs, outputs } = own
  return Array.from(operators[node.operator]!.compute!(inputs as readonly Known[], { settings, outputs })[0]!)
}

/** Multiply-adds of a node on one sample. */
export function macsOfNode(node: OnnxNode, operands: Given[]): number {
  const { own } = placed(
    node,
    operands.map((each): Value => ({ type: 'float32', ...each })),
  )
  const operations = operators[node.operator]!.operations?.(own) ?? []
  return operations.reduce((sum, each) => sum + macsOf({ module: '', ...each } as Operation), 0)
}
