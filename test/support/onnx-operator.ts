import { Call } from '../../src/main/engine/networks/onnx/call.ts'
import type { GraphNode } from '../../src/main/engine/networks/onnx/graph.ts'
import { operators } from '../../src/main/engine/networks/onnx/operators/index.ts'
import type { Value } from '../../src/main/engine/networks/onnx/value.ts'
import { ValueTable } from '../../src/main/engine/networks/onnx/value-table.ts'
import { tf, type Tensor } from '../../src/main/engine/tf.ts'
import type { OnnxNode } from '../../src/main/onnx-file/model.ts'

type Given = Pick<Value, 'shape' | 'known'>

/** What a node gives of a value, and of further ones: those whose numbers are not known are given as well. */
export function operatorOf(node: OnnxNode, shape: number[], others: Given[] = []): (...given: Tensor[]) => Tensor {
  const { infer, run } = operators[node.operator]!
  const values: Value[] = [{ shape }, ...others].map((each) => ({ ...each, type: 'float32' }))
  const { outputs, settings, operands = values.map((_, index) => index) } = infer!(node, values)
  const output = values.length
  const own: GraphNode = { operator: node.operator, inputs: [...operands], outputs: [output], module: 0, settings }
  const shapes = [...values, outputs[0]!].map((each) => [...each.shape])
  const constants = others.flatMap(({ known }, index) =>
    known ? [[index + 1, { value: index + 1, type: 'float32' as const, data: Array.from(known) }] as const] : [],
  )
  const graph = {
    format: 1 as const,
    inputs: [],
    output,
    shapes,
    modules: [''],
    nodes: [own],
    arrays: [],
    constants: [],
  }
  const source = { graph, arrays: new Map<number, string>(), constants: new Map(constants), filters: new Set<string>() }
  const context = { value: () => tf.scalar(0), training: () => false, updateBuffer: () => {} }
  return (...given) => {
    const table = new ValueTable(source, context, shape[0]!)
    const open = values.flatMap(({ known }, value) => (known ? [] : value))
    given.forEach((tensor, index) => table.set(open[index]!, tensor, 'plain'))
    const [{ tensor, layout }] = run!(new Call(own, table, null)) as [ReturnType<NonNullable<typeof run>>[number]]
    table.set(output, tensor, layout)
    return table.get(output, 'plain')
  }
}
