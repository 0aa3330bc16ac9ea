import { tf } from '../../../tf.ts'
import { onEntries } from '../call.ts'
import { GraphProblem } from '../problem.ts'
import { intOf, typeNames, type Value } from '../value.ts'
import { operator, type Inferred, type Operator } from './operator.ts'
import type { OnnxNode } from '../../../../onnx-file/model.ts'

/** A value itself, where it is of the wanted type already. */
function converted(x: Value, type: Value['type']): Inferred {
  if (type === x.type) return { outputs: [x] }
  if (x.known === undefined) return { outputs: [{ shape: x.shape, type }], settings: { to: type }, operands: [0] }
  const number = { float32: (each: number) => each, int32: Math.trunc, bool: (each: number) => Number(each !== 0) }[
    type
  ]
  return { outputs: [{ shape: x.shape, type, known: Array.from(x.known, number) }] }
}

function typeOf(node: OnnxNode): Value['type'] {
  const type = typeNames[intOf(node, 'to', 1)]
  if (type === undefined) throw new GraphProblem(`it converts to the data type ${intOf(node, 'to', 1)}`)
  return type
}

const cast = (type: (node: OnnxNode, inputs: readonly (Value | undefined)[]) => Value['type']) =>
  operator<{ to: Value['type'] }>({
    infer: (node, inputs) => converted(inputs[0]!, type(node, inputs)),
    run: (call) => onEntries(call, (x) => tf.cast(x, call.settings.to)),
  })

export const casts: Record<string, Operator> = {
  Cast: cast(typeOf),
  CastLike: cast((_node, [, like]) => like!.type),
}
