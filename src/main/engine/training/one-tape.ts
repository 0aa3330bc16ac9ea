import type { Tensor } from '../tf.ts'
import { tf } from '../tf.ts'

/** Gradients of a scalar with regard to each of the parameters, all of which lead to it. */
export type GradientsOf = (scalar: Tensor, parameters: readonly Tensor[]) => Tensor[]

/**
 * Runs `body` with a means to differentiate whatever scalars it has computed, one after the other, through the same forward pass.
 * tfjs forgets the pass once a gradient is taken, unless it is in the middle of another one: here that of `anchor`, any tensor.
 */
export function onOneTape(anchor: Tensor, body: (gradientsOf: GradientsOf) => Tensor): Tensor {
  let kept: Tensor | undefined
  tf.grad((x) => {
    kept = tf.keep(body((scalar, parameters) => tf.grads(() => scalar)([...parameters])))
    return tf.sum(x)
  })(anchor).dispose()
  const result = kept!.clone()
  kept!.dispose()
  return result
}
