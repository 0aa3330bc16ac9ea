import { attribute, float32, variableType } from './attribute.ts'
import type { AdamInputs, AdamNames } from './state.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'
import type { Update } from './traced-variables.ts'

interface AdamRequest {
  gradient: Tensor
  options: AdamInputs
  /** The value of a variable at the start of the call. */
  value(name: string): Tensor
  /** The scalar under that key, made once and shared by all parameters. */
  scalar(key: string, make: () => Tensor): Tensor
}

/** AdamW (`AdamInputs`) of one parameter as updates of resource variables. */
export function adamUpdates(names: AdamNames, request: AdamRequest): Update[] {
  const adam: Update = {
    operation: 'ResourceApplyAdam',
    attributes: [float32, attribute.bool('use_locking', true), attribute.bool('use_nesterov', false)],
    variables: [names.parameter, names.firstMoment, names.secondMoment],
    values: [...adamScalars(request), request.gradient],
  }
  return request.options.weightDecay === 0 ? [adam] : [decay(names.parameter, request), adam]
}

/** The operation has no weight decay: the parameter is scaled before it. */
function decay(parameter: string, { options, value, scalar }: AdamRequest): Update {
  const { learningRate, weightDecay } = options
  const factor = scalar(`decay ${learningRate.id} ${weightDecay}`, () => tf.sub(1, tf.mul(learningRate, weightDecay)))
  const values = [tf.mul(value(parameter), factor)]
  return { operation: 'AssignVariableOp', attributes: [variableType], variables: [parameter], values }
}

/**
 * β₁ᵗ, β₂ᵗ, learning rate, β₁, β₂ and ε. With powers of zero the operation does m and v no correction: c₁ and c₂ go into
 * its learning rate and its ε, as lr/c₁ · m/(√v/√c₂ + ε) = lr·√c₂/c₁ · m/(√v + ε·√c₂).
 */
function adamScalars({ options, scalar }: AdamRequest): Tensor[] {
  const { learningRate, biasCorrection1, biasCorrection2, beta1, beta2, epsilon } = options
  const constant = (number: number) => scalar(String(number), () => tf.scalar(number))
  const root = scalar(`root ${biasCorrection2.id}`, () => tf.sqrt(biasCorrection2))
  const rate = scalar(`rate ${learningRate.id} ${biasCorrection1.id} ${biasCorrection2.id}`, () =>
    tf.div(tf.mul(learningRate, root), biasCorrection1),
  )
  const correctedEpsilon = scalar(`epsilon ${biasCorrection2.id} ${epsilon}`, () => tf.mul(root, epsilon))
  return [constant(0), constant(0), rate, constant(beta1), constant(beta2), correctedEpsilon]
}
