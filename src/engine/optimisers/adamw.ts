import { adamBiasCorrections, tf, type TensorRecord } from '../tf.ts'
import { learningRateOf, learningRates } from './learning-rates.ts'
import type { Optimiser, SteppedParameter } from './optimiser.ts'
import { stepsTaken } from './steps-taken.ts'

/** AdamW as PyTorch computes it, with bias corrections for each group of parameters that are stepped equally often (method 4.2). */
export const adamw: Optimiser = {
  scalars(parameters, { beta1, beta2 }, { step, learningRate }) {
    const scalars: TensorRecord = learningRates(parameters, learningRate)
    for (const [group, cycle] of cyclesOf(parameters)) {
      const { first, second } = adamBiasCorrections(stepsTaken(cycle, step), beta1, beta2)
      scalars[`${group}.first`] = tf.scalar(first)
      scalars[`${group}.second`] = tf.scalar(second)
    }
    return scalars
  },
  update(state, { parameters, gradients, scalars, training }) {
    const { beta1, beta2, epsilon, weightDecay } = training
    parameters.forEach((parameter, index) => {
      const { name, decays } = parameter
      const group = groupOf(parameter)
      const names = { parameter: name, firstMoment: `${name}.exp_avg`, secondMoment: `${name}.exp_avg_sq` }
      state.adam(names, gradients[index]!, {
        learningRate: learningRateOf(parameter, scalars),
        biasCorrection1: scalars[`${group}.first`]!,
        biasCorrection2: scalars[`${group}.second`]!,
        beta1,
        beta2,
        epsilon,
        weightDecay: decays ? weightDecay : 0,
      })
    })
  },
}

/** Parameters of one group are stepped by the same entries of the loss cycle. */
const groupOf = ({ cycle }: SteppedParameter) => `steps.${cycle.map(Number).join('')}`

function cyclesOf(parameters: readonly SteppedParameter[]): Map<string, readonly boolean[]> {
  return new Map(parameters.map((parameter) => [groupOf(parameter), parameter.cycle]))
}
