import { tf } from '../tf.ts'
import { learningRateOf, learningRates } from './learning-rates.ts'
import type { Optimiser } from './optimiser.ts'

/**
 * SGD as PyTorch computes it (Sutskever et al. 2013): g ← g + weightDecay·w; buf ← momentum·buf + g, from 0; w ← w − lr·buf, with
 * Nesterov's momentum w ← w − lr·(g + momentum·buf); without momentum w ← w − lr·g (method 4.2).
 */
export const sgd: Optimiser = {
  scalars: (parameters, _, { learningRate }) => learningRates(parameters, learningRate),
  update(state, { parameters, gradients, scalars, training: { weightDecay, momentum, nesterov } }) {
    parameters.forEach((parameter, index) => {
      const { name, decays } = parameter
      const value = state.value(name)
      const given = gradients[index]!
      const gradient = decays && weightDecay > 0 ? tf.add(given, tf.mul(value, weightDecay)) : given
      let step = gradient
      if (momentum > 0) {
        const buffer = tf.add(tf.mul(state.value(`${name}.momentum_buffer`), momentum), gradient)
        state.assign(`${name}.momentum_buffer`, buffer)
        step = nesterov ? tf.add(gradient, tf.mul(buffer, momentum)) : buffer
      }
      // Of the negative, which is float32: of a bfloat16 gradient and a number alone the product would be bfloat16.
      state.assign(name, tf.add(value, tf.mul(tf.neg(step), learningRateOf(parameter, scalars))))
    })
  },
}
