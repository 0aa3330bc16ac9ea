import type { Tensor } from '../tf.ts'
import { softmaxCrossEntropy, tf } from '../tf.ts'
import type { WeightedExit } from './step-plan.ts'

/** What the exits of one batch make of its targets. */
export interface ExitLosses {
  /** Σ weight · mean cross-entropy of the exit, in nats: what is differentiated. */
  total: Tensor
  /** [2, exits of the network]: per exit the sum over the batch of its cross-entropy, and how often it names the likeliest class; 0 for one that didn't run. */
  sums: Tensor
}

/** Losses of the exits that run. logits: per exit [batch, classes] or null; targets: probabilities [batch, classes]. */
export function exitLosses(
  logits: readonly (Tensor | null)[],
  targets: Tensor,
  exits: readonly WeightedExit[],
): ExitLosses {
  const batchSize = targets.shape[0]!
  const likeliest = tf.argMax(targets, 1)
  const zero = tf.scalar(0)
  const lossSums: Tensor[] = logits.map(() => zero)
  const correct: Tensor[] = logits.map(() => zero)
  const terms = exits.map(({ exit, weight }) => {
    const exitLogits = logits[exit]!
    const lossSum = tf.sum(softmaxCrossEntropy(exitLogits, targets))
    lossSums[exit] = lossSum
    correct[exit] = tf.sum(tf.cast(tf.equal(tf.argMax(exitLogits, 1), likeliest), 'float32'))
    return tf.mul(lossSum, weight / batchSize)
  })
  return { total: tf.addN(terms), sums: tf.stack([tf.stack(lossSums), tf.stack(correct)]) }
}
