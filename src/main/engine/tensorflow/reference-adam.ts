import type { AdamInputs, AdamNames } from './state.ts'
import type { Tensor, TensorRecord } from './tfjs.ts'
import { tf } from './tfjs.ts'

interface AdamRequest {
  gradient: Tensor
  options: AdamInputs
  /** The value of an array at the start of the call. */
  value(name: string): Tensor
}

/** AdamW (`AdamInputs`) of one parameter on the reference backend: new values of the parameter and its moments by name. */
export function adamValues(names: AdamNames, { gradient, options, value }: AdamRequest): TensorRecord {
  return tf.tidy(() => {
    const { epsilon, weightDecay, learningRate, biasCorrection1, biasCorrection2 } = options
    const [beta1, beta2] = [Math.fround(options.beta1), Math.fround(options.beta2)]
    const m = tf.add(tf.mul(value(names.firstMoment), beta1), tf.mul(gradient, 1 - beta1))
    const v = tf.add(tf.mul(value(names.secondMoment), beta2), tf.mul(tf.square(gradient), 1 - beta2))
    const decayed = tf.mul(value(names.parameter), tf.sub(1, tf.mul(learningRate, weightDecay)))
    const denominator = tf.add(tf.div(tf.sqrt(v), tf.sqrt(biasCorrection2)), epsilon)
    const change = tf.mul(tf.div(learningRate, biasCorrection1), tf.div(m, denominator))
    return { [names.parameter]: tf.sub(decayed, change), [names.firstMoment]: m, [names.secondMoment]: v }
  })
}
