import { normal, zeros } from '../layers/initialisers.ts'
import type { Layer } from '../layers/layer.ts'
import { inGroup, parameter } from '../layers/parameter.ts'
import { tf, type Tensor } from '../tf.ts'
import { cascadeHead } from './cascade.ts'
import type { ExitHead, Head, HeadOptions } from './head.ts'

/**
 * Ensembles of Zero Time Waste (Wołczyk 2021; method 2.6) over heads in a cascade: with the probabilities p_j of this head i and
 * all earlier ones, `logits_i = mean_{j≤i} (exp(w_ij) · ln p_j) + b_i`, a geometric weighted mean whose softmax is the prediction.
 * w and b (`ensembles.i`) are trained when the heads are.
 */
export const ztw: Head = {
  info: {
    title: 'ZTW',
    summary: 'Geometric weighted mean of the predictions of this and all earlier heads, which are in a cascade.',
    paper: 'Wołczyk et al. 2021, Zero Time Waste: Recycling Predictions in Early Exit Neural Networks',
  },
  create,
}

function create(name: string, options: HeadOptions): ExitHead {
  const { classes, exit } = options
  const member = cascadeHead(name, options)
  const group = `ensembles.${exit}`
  const weight = parameter(`${group}.weight`, { shape: [exit + 1], init: normal(0.01) })
  const bias = parameter(`${group}.bias`, { shape: [classes], init: zeros })
  return {
    parameters: member.parameters,
    shared: inGroup(group, { parameters: [weight, bias] }).parameters,
    operations: [...member.operations, ...ensembleOperations(group, { members: exit + 1, classes })],
    state: member.state!,
    apply(context, input, earlier, features) {
      const { logits, state } = member.apply(context, input, earlier, features)
      const predictions = tf.stack(
        [...earlier, logits].map((each) => tf.logSoftmax(each)),
        1,
      )
      const weights = tf.reshape(tf.exp(context.value(weight.name)), [1, exit + 1, 1])
      const mean: Tensor = tf.mean(tf.mul(predictions, weights), 1)
      return { logits: tf.add(mean, context.value(bias.name)), state: state! }
    },
  }
}

/** Earlier heads have computed their log-probabilities. */
function ensembleOperations(
  module: string,
  { members, classes }: { members: number; classes: number },
): Layer['operations'] {
  return [
    { module, kind: 'softmax', sizes: { elements: classes } },
    { module, kind: 'exponential', sizes: { elements: members } },
    { module, kind: 'multiply', sizes: { elements: members * classes } },
    { module, kind: 'mean', sizes: { elements: members * classes } },
    { module, kind: 'add', sizes: { elements: classes } },
  ]
}
