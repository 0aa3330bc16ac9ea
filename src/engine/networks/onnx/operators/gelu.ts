import { gelu as exact, tf, type Tensor } from '../../../tf.ts'
import { GraphProblem } from '../graph/problem.ts'
import { sizeOf } from '../graph/shapes.ts'
import { onEntries } from './call.ts'
import { textOf } from './operands.ts'
import { operator, type Operator } from './operator.ts'

/** x · Φ(x); `approximate`: Φ by tanh. Without settings where patterns have made it. */
const gelu = operator<Record<string, string> | undefined>({
  infer(node, [x]) {
    const approximate = textOf(node, 'approximate', 'none')
    if (!['none', 'tanh'].includes(approximate)) throw new GraphProblem(`its approximation ${approximate} is not known`)
    const settings: Record<string, string> = approximate === 'none' ? {} : { approximate }
    return { outputs: [{ shape: x!.shape, type: x!.type }], settings }
  },
  run: (call) => onEntries(call, call.settings?.['approximate'] ? byTanh : exact),
  operations: ({ outputs: [y] }) => [{ kind: 'gelu', sizes: { elements: sizeOf(y!.shape) } }],
})

/** x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))) (Hendrycks and Gimpel 2016). */
function byTanh(x: Tensor): Tensor {
  const cubic = tf.add(x, tf.mul(tf.mul(x, tf.square(x)), 0.044715))
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI))), 1))
}

export const gelus: Record<string, Operator> = { Gelu: gelu }
