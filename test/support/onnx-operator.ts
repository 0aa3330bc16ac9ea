import { isLive, type ElementName, type GraphValue, type Value } from '../../src/engine/networks/onnx/graph/graph.ts'
import { Call } from '../../src/engine/networks/onnx/operators/call.ts'
import { operators } from '../../src/engine/networks/onnx/operators/index.ts'
import { ValueTable } from '../../src/engine/networks/onnx/operators/value-table.ts'
import { tf, type Tensor } from '../../src/engine/tf.ts'
import type { OnnxNode } from '../../src/shared/onnx-file/model.ts'

type Given = Pick<Value, 'shape' | 'known' | 'array'> & Partial<Pick<Value, 'type'>>

/** What a node gives of a value, and of further ones: those whose numbers are not known are given as well; `type`: of all of them. */
export function operatorOf(
  node: OnnxNode,
  shape: number[],
  others: Given[] = [],
  type: ElementName = 'float32',
): (...given: Tensor[]) => Tensor {
  const { infer, run } = operators[node.operator]!
  const values = [{ shape }, ...others].map((each): Value => ({ type, ...each }))
  const { outputs, settings, operands = values.keys() } = infer!(node, values)
  const [output, ...given] = [outputs[0]!, ...values].map((each, id): GraphValue => ({
    ...each,
    id,
    sizes: each.shape,
  }))
  const inputs = Array.from(operands, (index) => given[index])
  const own = { operator: node.operator, inputs, outputs: [output!], module: '', settings }
  const context = { value: () => tf.scalar(0), training: () => false, updateBuffer: () => {} }
  return (...tensors) => {
    const table = new ValueTable({ context, samples: shape[0]!, isFilter: () => false })
    for (const [index, value] of given.filter(isLive).entries()) table.set(value, tensors[index]!, 'plain')
    const [{ tensor, layout }] = run!(new Call(own, table, null)) as [ReturnType<NonNullable<typeof run>>[number]]
    table.set(output!, tensor, layout)
    return table.get(output!, 'plain')
  }
}
