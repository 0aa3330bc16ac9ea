import type { Attribute } from './attributes.ts'
import { attribute, float32 } from './attribute.ts'
import type { AdamInputs, AdamNames, OpenScope } from './state.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'

/** A change of resource variables: one operation, the first inputs of which are the handles of `variables`. */
export interface Update {
  operation: string
  attributes: readonly Attribute[]
  variables: readonly string[]
  values: readonly Tensor[]
}

/** Where a scope's variables live: in the process, or in a graph being traced. */
export interface VariableHost {
  read(name: string): Tensor
  /** Makes one update, after all reads and earlier updates of the same variables. */
  update(update: Update): void
}

const dtype = attribute.type('dtype', 'float32')

/** The scope of one call over resource variables. Updates wait for the end, so that values are those of its start. */
export function openResourceScope(host: VariableHost): OpenScope {
  const reads = new Map<string, Tensor>()
  const kept: Tensor[] = []
  const updates: Update[] = []
  const scalars = new Map<string, Tensor>()

  function keep(tensor: Tensor): Tensor {
    kept.push(tf.keep(tensor))
    return tensor
  }

  /** A tensor that lives until the end of the call whatever scope the body makes it in. */
  const hold = (tensor: Tensor) => keep(tensor.clone())

  function scalar(key: string, make: () => Tensor): Tensor {
    let found = scalars.get(key)
    if (!found) scalars.set(key, (found = keep(tf.tidy(make))))
    return found
  }

  function value(name: string): Tensor {
    let found = reads.get(name)
    if (!found) reads.set(name, (found = keep(host.read(name))))
    return found
  }

  function assign(name: string, next: Tensor): void {
    updates.push({ operation: 'AssignVariableOp', attributes: [dtype], variables: [name], values: [hold(next)] })
  }

  function adam({ parameter, firstMoment, secondMoment }: AdamNames, gradient: Tensor, options: AdamInputs): void {
    const { learningRate, biasCorrection1, biasCorrection2, beta1, beta2, epsilon, weightDecay } = options
    const key = (name: string) =>
      `${name} ${learningRate.id} ${biasCorrection1.id} ${biasCorrection2.id} ${epsilon} ${weightDecay}`
    if (weightDecay !== 0) {
      const factor = scalar(key('decay'), () => tf.sub(1, tf.mul(learningRate, weightDecay)))
      assign(parameter, tf.mul(value(parameter), factor))
    }
    // With β powers of zero the operation does m̂ and v̂ no correction: both go into its learning rate and its ε.
    const rootOfCorrection2 = scalar(key('root'), () => tf.sqrt(biasCorrection2))
    const values = [
      scalar('0', () => tf.scalar(0)),
      scalar('0', () => tf.scalar(0)),
      scalar(key('rate'), () => tf.div(tf.mul(learningRate, rootOfCorrection2), biasCorrection1)),
      scalar(String(beta1), () => tf.scalar(beta1)),
      scalar(String(beta2), () => tf.scalar(beta2)),
      scalar(key('epsilon'), () => tf.mul(rootOfCorrection2, epsilon)),
      hold(gradient),
    ]
    updates.push({
      operation: 'ResourceApplyAdam',
      attributes: [float32, attribute.bool('use_locking', true), attribute.bool('use_nesterov', false)],
      variables: [parameter, firstMoment, secondMoment],
      values,
    })
  }

  function abandon(): void {
    for (const tensor of kept) tensor.dispose()
    kept.length = 0
  }

  return {
    value,
    assign,
    adam,
    finish() {
      for (const update of updates) host.update(update)
      abandon()
    },
    abandon,
  }
}
