import { defineExtension, engine, type OptimiserEntry } from 'exitlab/extension'

/** SGD by signs: buf ← momentum · buf + (1 − momentum) · g, from 0; w ← w − lr · (sign(buf) + weightDecay · w). */
const optimiser: OptimiserEntry = {
  info: {
    title: 'Signum',
    sentence: 'Steps by the sign of a decaying mean of the gradients, the same length for every weight.',
    paper: 'Bernstein et al. 2018, signSGD: Compressed Optimisation for Non-Convex Problems',
  },
  settings: ['momentum'],
  moments: () => ['momentum_buffer'],
  async load() {
    const { learningRateOf, learningRates, tf } = await engine()
    return {
      scalars: (parameters, _, { learningRate }) => learningRates(parameters, learningRate),
      update(state, { parameters, gradients, scalars, training: { momentum, weightDecay } }) {
        parameters.forEach((parameter, index) => {
          const { name, decays } = parameter
          const buffer = `${name}.momentum_buffer`
          const value = state.value(name)
          const mean = tf.add(tf.mul(state.value(buffer), momentum), tf.mul(gradients[index]!, 1 - momentum))
          const step = decays ? tf.add(tf.sign(mean), tf.mul(value, weightDecay)) : tf.sign(mean)
          state.assign(buffer, mean)
          state.assign(name, tf.sub(value, tf.mul(step, learningRateOf(parameter, scalars))))
        })
      },
    }
  },
}

export default defineExtension({ name: 'sign-sgd', optimisers: { 'sign-sgd': optimiser } })
