import { tf, type Tensor } from '../../../tf.ts'
import { joinAligned } from '../axis-joins.ts'
import { plain } from '../call.ts'
import { GraphProblem } from '../problem.ts'
import { axisOf, sizeOf } from '../shapes.ts'
import { intOf, isLive, knownOf, numbers } from '../value.ts'
import { alongLast } from './along-last.ts'
import { knownResult, operator, type Operator } from './operator.ts'

/** At each place the sum up to there: tokens are counted like that. */
const runningSum = operator<{ axis: number }>({
  infer(node, [x, given]) {
    const { shape, type } = x!
    const axis = axisOf(numbers(given, 'its axis')[0]!, shape.length)
    if (intOf(node, 'exclusive', 0) + intOf(node, 'reverse', 0) > 0)
      throw new GraphProblem('an exclusive or reverse sum')
    if (isLive(x)) {
      if (axis !== shape.length - 1) throw new GraphProblem('a running sum along another axis than the last')
      return { outputs: [{ shape, type }], settings: { axis }, operands: [0] }
    }
    const stride = sizeOf(shape.slice(axis + 1))
    const sums = Array.from(knownOf(x, 'it').data)
    for (let at = stride; at < sums.length; at++)
      if (Math.floor(at / stride) % shape[axis]! > 0) sums[at]! += sums[at - stride]!
    return knownResult({ shape, data: sums }, type)
  },
  run(call) {
    const x = call.input(0)
    return plain(tf.cast(alongLast(tf.cast(x, 'float32'), upTo(x.shape.at(-1)!)), x.dtype))
  },
  join(view, joins) {
    for (const value of [view.inputs[0]!, view.outputs[0]!]) joins.pin(value, view.settings.axis)
    joinAligned(view, joins)
  },
})

/** [from, to]: 1 where `from` counts in the sum at `to`. */
const upTo = (size: number): Tensor =>
  tf.tensor2d(
    Float32Array.from({ length: size * size }, (_, at) => Number(Math.floor(at / size) <= at % size)),
    [size, size],
  )

export const runningSums: Record<string, Operator> = { CumSum: runningSum }
