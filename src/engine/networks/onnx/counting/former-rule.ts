import { isFixed, type Node } from '../graph/graph.ts'
import { sizeOf } from '../graph/shapes.ts'
import { operators } from '../operators/index.ts'
import type { Sized } from '../operators/operator.ts'

const free = new Set(['Div', 'Pow', 'Reciprocal', 'CumSum'])
const freeWithArrays = new Set(['Add', 'Sub', 'Mul'])
const perElement = new Set(['Clip', 'HardSwish', 'HardSigmoid', 'LeakyRelu', 'PRelu'])

/**
 * Rule 1 of counting, which weighed the exits of phases trained until Exitlab 0.2.0: products and sums with constants or arrays and all
 * quotients are free, activations in pieces cost 1 an element.
 */
export function formerOperations(node: Node): readonly Sized[] {
  const { operator, inputs, outputs } = node
  if (free.has(operator)) return []
  if (freeWithArrays.has(operator) && inputs.some((each) => isFixed(each!))) return []
  if (perElement.has(operator)) return [{ kind: 'sigmoid', sizes: { elements: sizeOf(outputs[0]!.shape) } }]
  return operators[operator]!.operations?.(node) ?? []
}
