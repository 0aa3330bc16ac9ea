import { gelu as exact, tf, type Tensor } from '../../../tf.ts'
import { onEntries } from '../call.ts'
import { GraphProblem } from '../problem.ts'
import { sizeOf } from '../shapes.ts'
import { textOf } from '../value.ts'
import { operator, type Operator } from './operator.ts'

/** x · Φ(x); `approximate`: Φ by tanh. */
const gelu = operator<Record<string, string>>({
  infer(node, [x]) {
    const approximate = textOf(node, 'approximate', 'none')
    if (!['none', 'tanh'].includes(approximate)) throw new GraphProblem(`its approximation ${approximate} is not known`)
    const settings: Record<string, string> = approximate === 'none' ? {} : { approximate }
    return { outputs: [{ shape: x!.shape, type: x!.type }], settings }
  },
  run: (call) => onEntries(call, call.settings['approximate'] ? byTanh : exact),
  operations: ({ output }) => [{ kind: 'gelu', sizes: { elements: sizeOf(output()) } }],
})

/** x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))) (Hendrycks and Gimpel 2016). */
function byTanh(x: Tensor): Tensor {
  const cubic = tf.add(x, tf.mul(tf.mul(x, tf.square(x)), 0.044715))
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI))), 1))
}

export const gelus: Record<string, Operator> = { Gelu: gelu }
