import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { stopGradient, tf } from '../../../tf.ts'
import type { ElementName } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { onEntries } from './call.ts'
import { intOf, typeNames } from './operands.ts'
import { operator, type Operands, type Operator } from './operator.ts'

const conversions: Readonly<Record<ElementName, (x: number) => number>> = {
  float32: (x) => x,
  int32: (x) => Math.trunc(Math.fround(x)),
  bool: (x) => Number(x !== 0),
}

function typeOf(node: OnnxNode): ElementName {
  const type = typeNames[intOf(node, 'to', 1)]
  if (type === undefined) throw new GraphProblem(`it converts to the data type ${intOf(node, 'to', 1)}`)
  return type
}

/** A value itself, where it is of the wanted type already. */
const cast = (wanted: (node: OnnxNode, inputs: Operands) => ElementName) =>
  operator<{ to: ElementName }>({
    infer(node, inputs) {
      const [x] = inputs
      const to = wanted(node, inputs)
      return to === x!.type
        ? { outputs: [x!] }
        : { outputs: [{ shape: x!.shape, type: to }], settings: { to }, operands: [0] }
    },
    compute: ([x], { settings }) => [Array.from(x!.known, conversions[settings.to])],
    run(call) {
      const { to } = call.settings
      // What is rounded has no gradient; tfjs would hand it through.
      return onEntries(call, (x) => (to === 'float32' ? tf.cast(x, to) : tf.cast(stopGradient(x), to)))
    },
  })

export const casts: Record<string, Operator> = {
  Cast: cast(typeOf),
  CastLike: cast((_node, [, like]) => like!.type),
}
