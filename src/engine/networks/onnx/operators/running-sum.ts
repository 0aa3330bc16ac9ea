import { tf } from '../../../tf.ts'
import { isLive } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { axisOf, sizeOf } from '../graph/shapes.ts'
import { plain } from './call.ts'
import { joinAligned } from './joins.ts'
import { intOf, numbers } from './operands.ts'
import { operator, type Operator } from './operator.ts'

/** At each place the sum up to there: tokens are counted like that. */
const runningSum = operator<{ axis: number }>({
  infer(node, [x, given]) {
    const { shape, type } = x!
    const axis = axisOf(numbers(given, 'its axis')[0]!, shape.length)
    if (intOf(node, 'exclusive', 0) + intOf(node, 'reverse', 0) > 0)
      throw new GraphProblem('an exclusive or reverse sum')
    // tfjs's gradient along another is wrong.
    if (isLive(x) && axis !== shape.length - 1) throw new GraphProblem('a running sum along another axis than the last')
    return { outputs: [{ shape, type }], settings: { axis }, operands: [0] }
  },
  compute([x], { settings: { axis } }) {
    const stride = sizeOf(x!.shape.slice(axis + 1))
    const sums = Array.from(x!.known)
    for (let at = stride; at < sums.length; at++)
      if (Math.floor(at / stride) % x!.shape[axis]! > 0) sums[at]! += sums[at - stride]!
    return [sums]
  },
  // In float32, in mixed precision too: bfloat16 counts to 256.
  run(call) {
    const x = call.input(0)
    return plain(tf.cast(tf.cumsum(tf.cast(x, 'float32'), call.settings.axis), x.dtype))
  },
  operations: ({ outputs: [y] }) => [{ kind: 'sum', sizes: { elements: sizeOf(y!.shape) } }],
  join(node, axes) {
    for (const value of [node.inputs[0]!, node.outputs[0]!]) axes.pin(value, node.settings.axis)
    joinAligned(node, axes)
  },
})

export const runningSums: Record<string, Operator> = { CumSum: runningSum }
