import { dropout as dropped, tf } from '../../../tf.ts'
import { isLive } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { onEntries } from './call.ts'
import { floatOf, knownOf } from './operands.ts'
import { operator, type Operator } from './operator.ts'

type Rate = Record<'rate', number>

/** The phase decides whether it is active; what the file says of that is ignored. */
const dropout = operator<Rate>({
  infer(_node, [x, rate]) {
    if (!isLive(x)) return { outputs: [x!] }
    const settings = { rate: rate ? knownOf(rate, 'its rate').known[0]! : 0.5 }
    if (!(settings.rate >= 0 && settings.rate < 1))
      throw wrongly(`its rate is ${settings.rate}`, `a number from 0 on and below 1`)
    return { outputs: [{ shape: x.shape, type: x.type }], settings, operands: [0] }
  },
  run(call) {
    const { rate } = call.settings
    return onEntries(call, (x) => (rate > 0 && call.isTraining ? dropped(x, rate, call.seed) : x))
  },
  operations: () => [{ kind: 'dropout', sizes: {} }],
  movesRows: ({ settings: { rate } }) => rate === 0,
})

/** Uniform numbers in [0, 1): only for patterns, which make stochastic depth of them. */
const noise = operator({
  infer(node, [x]) {
    if (floatOf(node, 'low', 0) !== 0 || floatOf(node, 'high', 1) !== 1)
      throw new GraphProblem('random numbers of another range than from 0 to 1')
    return { outputs: [{ shape: x!.shape, type: 'float32' }], operands: [] }
  },
})

/** Its branch as it is, or without a number of samples, chosen anew each step, and the others scaled up (Huang 2016, stochastic depth). */
const dropPath = operator<Rate>({
  run(call) {
    const { rate } = call.settings
    return onEntries(call, (x) => {
      if (rate === 0 || !call.isTraining) return x
      const samples = tf.ones(x.shape.map((size, axis) => (axis === 0 ? size : 1)))
      return tf.mul(x, dropped(samples, rate, call.seed))
    })
  },
  operations: () => [{ kind: 'dropout', sizes: {} }],
})

export const noiseOperators: Record<string, Operator> = {
  Dropout: dropout,
  RandomUniformLike: noise,
  DropPath: dropPath,
}
