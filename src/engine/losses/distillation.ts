import { stopGradient, tf, type Tensor } from '../tf.ts'
import type { ExitLoss } from './exit-loss.ts'

/**
 * Self-distillation: L_k = (1 − α)·CE_k + α·T²·KL(softmax(z_t/T) ‖ softmax(z_k/T)) of every exit k but the teacher, whose logits z_t are
 * constants: those of the final exit, or the mean of the logits of all exits that run, which no exit is (method 4.1).
 */
export const distillation: ExitLoss = (losses, { exits, outputs }, { alpha, temperature, teacher }) => {
  const [share, heat] = [Number(alpha), Number(temperature)]
  const final = outputs.length - 1
  const logits = exits.map((exit) => outputs[exit]!)
  const taught = stopGradient(teacher === 'final' ? outputs[final]! : tf.div(tf.addN(logits), logits.length))
  const target = logProbabilities(taught, heat)
  return losses.map((loss, index) => {
    if (teacher === 'final' && exits[index] === final) return loss
    const own = logProbabilities(logits[index]!, heat)
    const divergence = tf.sum(tf.mul(tf.exp(target), tf.sub(target, own)), -1)
    return tf.add(tf.mul(loss, 1 - share), tf.mul(divergence, share * heat ** 2))
  })
}

/** Of classes at a temperature, [batch, classes]. */
function logProbabilities(logits: Tensor, temperature: number): Tensor {
  const cooled = tf.div(logits, temperature)
  const shifted = tf.sub(cooled, stopGradient(tf.max(cooled, -1, true)))
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)))
}
