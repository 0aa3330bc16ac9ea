import { defineExtension, engine, type ExitLossEntry, z } from 'exitlab/extension'

/** L_k = CE_k + weight · KL(p_next ‖ p_k): each exit also learns the probabilities of the next deeper one that runs, as constants. */
const loss: ExitLossEntry = {
  info: {
    title: 'Next exit',
    sentence: 'Each exit also learns the probabilities of the next deeper exit.',
    paper: 'After Phuong and Lampert 2019, Distillation-Based Training for Multi-Exit Architectures',
  },
  parameters: z.strictObject({
    weight: z.number().min(0).default(0.5).describe('Weight of what is learned from the next exit.'),
  }),
  applies: ({ running }, { weight }) => weight !== 0 && running.length > 1,
  async load() {
    const { stopGradient, tf } = await engine()
    return (losses, { exits, outputs }, { weight }) =>
      losses.map((own, index) => {
        const next = exits[index + 1]
        if (next === undefined) return own
        const target = tf.logSoftmax(stopGradient(outputs[next]!))
        const taught = tf.sub(target, tf.logSoftmax(outputs[exits[index]!]!))
        return tf.add(own, tf.mul(tf.sum(tf.mul(tf.exp(target), taught), -1), Number(weight)))
      })
  },
}

export default defineExtension({ name: 'next-exit', losses: { 'next-exit': loss } })
